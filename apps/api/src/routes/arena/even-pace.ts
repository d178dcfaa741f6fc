import type { Side } from "@touchstone/persistence";

/** What of both sides is told at once. */
export type Both = Readonly<Record<Side, string>>;

const sides = ["a", "b"] as const;

/**
 * Tells what two sides say in pieces that are cut for both alike: as many characters of each, and no more than the slower of
 * the two has said. So neither which side is quicker nor into what its tokens are cut can be seen; only when the shorter one
 * has ended does the other go on alone.
 */
export class EvenPace {
  /** Characters that are not told yet, so that none is cut in two. */
  readonly #waiting: Record<Side, string[]> = { a: [], b: [] };
  readonly #whole: Record<Side, boolean> = { a: false, b: false };
  readonly #most: number;

  /** @param most characters of a side at once */
  constructor(most: number) {
    this.#most = most;
  }

  add(side: Side, text: string): void {
    const waiting = this.#waiting[side];
    // A pair of surrogates may come in two pieces.
    const last = waiting.at(-1);
    const joined = last !== undefined && !last.isWellFormed() ? `${waiting.pop()}${text}` : text;
    for (const character of joined) waiting.push(character);
  }

  end(side: Side): void {
    this.#whole[side] = true;
  }

  /** What can be told next; null where nothing can. */
  next(): Both | null {
    const bound = sides.flatMap((side) => (this.#whole[side] ? [] : [this.#ready(side)]));
    const count = Math.min(this.#most, ...bound);
    const [a, b] = [this.#take("a", count), this.#take("b", count)];
    return a === "" && b === "" ? null : { a, b };
  }

  /** Whether all of both is told. */
  get isDone(): boolean {
    return sides.every((side) => this.#whole[side] && this.#waiting[side].length === 0);
  }

  #ready(side: Side): number {
    const waiting = this.#waiting[side];
    return waiting.at(-1)?.isWellFormed() === false ? waiting.length - 1 : waiting.length;
  }

  #take(side: Side, count: number): string {
    return this.#waiting[side].splice(0, count).join("");
  }
}
