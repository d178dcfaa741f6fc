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

  /** Its undo goes out under this key, and may get no answer. */
  undoing(taskId: string, how: Done["how"], undoKey: string): void {
    this.#done.set(taskId, { how, undoKey });
  }

  /** The server has refused to take it back: what was done stands. */
  undoRefused(taskId: string, how: Done["how"]): void {
    this.#done.set(taskId, { how });
  }

  /** Nothing is held, unseen, from others; and what an undo without an answer has brought back is seen. */
  fateOf(taskId: string): Fate {
    const done = this.#done.get(taskId);
    if (!done) return "show";
    if (done.undoKey !== undefined) return "undone";
    return done.how === "skipped" ? "skip-again" : "give-back";
  }
}
