interface Done {
  readonly how: "answered" | "skipped";
  /** Key of an undo that has got no answer: the server may have done it. */
  readonly undoKey?: string;
  /** The server had heard of it when so much had been heard; absent until then. */
  readonly heard?: number;
}

/** What becomes of a task that the server hands out. */
export type Fate = "show" | "skip-again" | "give-back" | "undone";

/**
 * Tasks that were answered or skipped on this page. After a long cut the server may hand one out again before it has heard of
 * that, or after it has forgotten it with the lease. What it hands out once it knows is meant so: a task that is asked again.
 */
export class DoneTasks {
  readonly #done = new Map<string, Done>();
  #heard = 0;

  /** How much the server is known to have heard of: by it a claim tells what its answer may not know. */
  get heard(): number {
    return this.#heard;
  }

  add(taskId: string, how: Done["how"]): void {
    this.#done.set(taskId, { how });
  }

  /** The server has acknowledged what was done. */
  acknowledged(taskId: string): void {
    const done = this.#done.get(taskId);
    this.#heard += 1;
    if (done && done.undoKey === undefined) this.#done.set(taskId, { ...done, heard: this.#heard });
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
    this.acknowledged(taskId);
  }

  /**
   * Nothing is held, unseen, from others; and what an undo without an answer has brought back is seen.
   *
   * @param heard how much the server had heard of when it was asked for tasks
   */
  fateOf(taskId: string, heard: number): Fate {
    const done = this.#done.get(taskId);
    if (!done || (done.heard !== undefined && done.heard <= heard)) return "show";
    if (done.undoKey !== undefined) return "undone";
    return done.how === "skipped" ? "skip-again" : "give-back";
  }
}
