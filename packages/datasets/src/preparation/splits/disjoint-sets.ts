import { GrowingNumbers } from "../similarity/growing.ts";

/** Union–find with path halving (Tarjan and van Leeuwen 1984); the smaller number is the root. */
export class DisjointSets {
  readonly #parent = new GrowingNumbers();

  get size(): number {
    return this.#parent.length;
  }

  /** @returns the number of a new set with one member */
  add(): number {
    this.#parent.push(this.size);
    return this.size - 1;
  }

  root(member: number): number {
    let at = member;
    for (let up = this.#parent.at(at); up !== at; up = this.#parent.at(at)) {
      this.#parent.set(at, this.#parent.at(up));
      at = up;
    }
    return at;
  }

  join(a: number, b: number): void {
    const [one, other] = [this.root(a), this.root(b)];
    this.#parent.set(Math.max(one, other), Math.min(one, other));
  }
}
