/** Keys of the first block of memory. */
const fewest = 1_024;
/** Beyond this share the runs of neighbouring keys get long. */
const fullest = 0.75;
const high = 2 ** 32;
const range = 2 ** 48;

/**
 * Hashes of 48 bits, each with `width` numbers of 32 bits, in blocks of memory that grow by half: six bytes a hash and four
 * a number, where a Map takes sixty. What is said of a million rows is kept in some tens of megabytes. Keys must be hashes:
 * their highest bits say where they lie.
 */
export class HashTable {
  size = 0;
  readonly #width: number;
  #capacity = fewest;
  #low: Uint32Array;
  #high: Uint16Array;
  #numbers: Uint32Array;

  /** @param width numbers kept with each hash; a set has none */
  constructor(width = 0) {
    this.#width = width;
    this.#low = new Uint32Array(fewest);
    this.#high = new Uint16Array(fewest);
    this.#numbers = new Uint32Array(fewest * width);
  }

  /** Where a hash lies until the next one is added; −1 where it is not there. */
  find(hash: number): number {
    const place = this.#place(hash);
    return this.#isEmpty(place) ? -1 : place;
  }

  has(hash: number): boolean {
    return this.find(hash) >= 0;
  }

  /** Where a hash lies until the next one is added. A new one is put there, with zeros. */
  add(hash: number): number {
    const place = this.#place(hash);
    if (!this.#isEmpty(place)) return place;
    if (this.size >= this.#capacity * fullest) {
      this.#grow();
      return this.add(hash);
    }
    this.#put(place, hash);
    this.size += 1;
    return place;
  }

  at(place: number, number = 0): number {
    return this.#numbers[place * this.#width + number] ?? 0;
  }

  set(place: number, number: number, value: number): void {
    this.#numbers[place * this.#width + number] = value;
  }

  /** The numbers kept at one place of each hash, in no order. */
  *numbers(number: number): Generator<number> {
    for (let place = 0; place < this.#capacity; place += 1) {
      if (!this.#isEmpty(place)) yield this.at(place, number);
    }
  }

  /** Bytes of memory: in proportion to what is kept, whatever it is. */
  get bytes(): number {
    return this.#low.byteLength + this.#high.byteLength + this.#numbers.byteLength;
  }

  /** Its own place, or the one where it would be. */
  #place(hash: number): number {
    const low = lowOf(hash);
    const top = topOf(hash);
    let place = Math.floor((hash / range) * this.#capacity);
    while (!(this.#isEmpty(place) || (this.#low[place] === low && this.#high[place] === top))) {
      place += 1;
      if (place === this.#capacity) place = 0;
    }
    return place;
  }

  #isEmpty(place: number): boolean {
    return this.#low[place] === 0 && this.#high[place] === 0;
  }

  #put(place: number, hash: number): void {
    this.#low[place] = lowOf(hash);
    this.#high[place] = topOf(hash);
  }

  #grow(): void {
    const [low, top, numbers] = [this.#low, this.#high, this.#numbers];
    const width = this.#width;
    const before = this.#capacity;
    this.#capacity = Math.ceil(before * 1.5);
    this.#low = new Uint32Array(this.#capacity);
    this.#high = new Uint16Array(this.#capacity);
    this.#numbers = new Uint32Array(this.#capacity * width);
    for (let from = 0; from < before; from += 1) {
      const hash = (top[from] ?? 0) * high + (low[from] ?? 0);
      if (hash === 0) continue;
      const place = this.#place(hash);
      this.#put(place, hash);
      for (let at = 0; at < width; at += 1) this.#numbers[place * width + at] = numbers[from * width + at] ?? 0;
    }
  }
}

/** No hash is 0: that is an empty place. */
const lowOf = (hash: number) => (hash === 0 ? 1 : hash % high);
const topOf = (hash: number) => Math.floor(hash / high);
