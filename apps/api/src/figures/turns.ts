/** Work of one owner is done one after another; that of different owners side by side. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Does this when the owner's earlier work is done. @returns what it returns, or throws what it throws. */
  take<Result>(owner: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(owner);
    const turn = before ? before.then(work, work) : work();
    this.last.set(owner, turn);
    const forget = () => {
      if (this.last.get(owner) === turn) this.last.delete(owner);
    };
    turn.then(forget, forget);
    return turn;
  }
}
