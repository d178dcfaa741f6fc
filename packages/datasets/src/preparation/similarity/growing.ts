/** Numbers in one block of memory that doubles as it fills: a million rows are no million objects. */
export class GrowingNumbers {
  #numbers = new Uint32Array(1_024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The number at a place; 0 beyond the end. */
  at(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  set(place: number, value: number): void {
    this.#numbers[place] = value;
  }

  push(value: number): void {
    this.#reserve(1);
    this.#numbers[this.#length++] = value;
  }

  append(values: Uint32Array): void {
    this.#reserve(values.length);
    this.#numbers.set(values, this.#length);
    this.#length += values.length;
  }

  /** A view, good until the next number is added. */
  slice(start: number, end: number): Uint32Array {
    return this.#numbers.subarray(start, end);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#numbers.length) return;
    const larger = new Uint32Array(Math.max(2 * this.#numbers.length, this.#length + more));
    larger.set(this.#numbers.subarray(0, this.#length));
    this.#numbers = larger;
  }
}
