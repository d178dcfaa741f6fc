interface Done {
  readonly how: "answered" | "skipped";
  /** Key of an undo that has got no answer: the server may have done it. */
  readonly undoKey?: string;
}

/** What becomes of a task that the server hands out. */
export type Fate = "show" | "skip-again" | "give-back" | "undone";

/**
 * Tasks that were answered or skipped on this page. After a long cut the server may hand one out again before it has heard of
 * that, or after it has forgotten it with the lease.
 */
export class DoneTasks {
  readonly #done = new Map<string, Done>();

  add(taskId: string, how: Done["how"]): void {
    this.#done.set(taskId, { how });
  }

  /** The task is open again for this person. */
  reopen(taskId: string): void {
    this.#done.delete(taskId);
  }

  /** The key under which a task's answer is taken back: the same one until the server has said something to it. */
  undoKey(taskId: string, newKey: () => string): string {
    const undoKey = this.#done.get(taskId)?.undoKey ?? newKey();
    this.#done.set(taskId, { how: "answered", undoKey });
    return undoKey;
  }

  /** The server has refused to take it back: the answer stands. */
  undoRefused(taskId: string): void {
    this.#done.set(taskId, { how: "answered" });
  }

  /** Nothing is held, unseen, from others; and what an undo without an answer has brought back is seen. */
  fateOf(taskId: string): Fate {
    const done = this.#done.get(taskId);
    if (!done) return "show";
    if (done.how === "skipped") return "skip-again";
    return done.undoKey === undefined ? "give-back" : "undone";
  }
}
