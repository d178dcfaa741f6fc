/** What waits, by who asked for it: askers come one after the other, and of each what was asked first. */
export class TurnsByAsker<T> {
  /** In the order of their turns. */
  readonly #waiting = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Whoever waits for nothing yet comes after all who do. */
  add(asker: string, one: T): void {
    const theirs = this.#waiting.get(asker);
    if (theirs) theirs.push(one);
    else this.#waiting.set(asker, [one]);
    this.#size++;
  }

  next(): T | undefined {
    const [turn] = this.#waiting;
    if (!turn) return undefined;
    const [asker, theirs] = turn;
    const one = theirs.shift();
    this.#size--;
    this.#waiting.delete(asker);
    if (theirs.length > 0) this.#waiting.set(asker, theirs);
    return one;
  }

  remove(isGone: (one: T) => boolean): void {
    for (const [asker, theirs] of this.#waiting) {
      const left = theirs.filter((one) => !isGone(one));
      this.#size -= theirs.length - left.length;
      if (left.length > 0) this.#waiting.set(asker, left);
      else this.#waiting.delete(asker);
    }
  }
}
