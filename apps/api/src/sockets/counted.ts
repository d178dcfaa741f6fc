/** How many are inside, by whom. */
export class Counted {
  private readonly inside = new Map<string, number>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** @returns the way out, to be taken once; undefined where as many are inside as may be. */
  enter(who: string): (() => void) | undefined {
    const now = this.inside.get(who) ?? 0;
    if (now >= this.most) return undefined;
    this.inside.set(who, now + 1);
    return () => {
      const left = (this.inside.get(who) ?? 1) - 1;
      if (left === 0) this.inside.delete(who);
      else this.inside.set(who, left);
    };
  }
}
