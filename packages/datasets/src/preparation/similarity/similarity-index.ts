import { GrowingNumbers } from "./growing.ts";
import { type Banding, bandingFor, minhash } from "./minhash.ts";
import { jaccard, mix } from "./shingles.ts";

/** One entry: the shingles of each of its parts, a prompt's and its answers', say. */
export type Parts = readonly Uint32Array[];

export interface Similar {
  readonly entry: number;
  /** Of the least similar part. */
  readonly similarity: number;
}

/** No entry: what a band's chain ends with. */
const none = 0xffffffff;

/**
 * Finds entries whose parts are all at least `threshold` alike. MinHash with bands proposes, the shingles themselves decide, so
 * nothing is found that isn't; `banding.missed` says how rarely something is missed. An entry costs about 12 bytes a band and 4
 * a shingle, never its text.
 */
export class SimilarityIndex {
  readonly banding: Banding;
  readonly #threshold: number;
  readonly #hashes: number;
  /** Where each entry's shingles begin: [parts, length of each, shingles of each]. */
  readonly #starts = new GrowingNumbers();
  readonly #shingles = new GrowingNumbers();
  /** Per entry and band: the band's hash, and the entry that came before it in the same bucket. */
  readonly #keys = new GrowingNumbers();
  readonly #earlier = new GrowingNumbers();
  /** Per band and bucket: the newest entry. */
  #heads = new Uint32Array(0);
  #buckets = 0;
  /** The search in which each entry was last looked at. */
  readonly #lookedAt = new GrowingNumbers();
  #search = 0;

  constructor(threshold: number, hashes: number) {
    this.#threshold = threshold;
    this.banding = bandingFor(threshold, hashes);
    this.#hashes = this.banding.bands * this.banding.rows;
  }

  get size(): number {
    return this.#starts.length;
  }

  /** A signature of all parts, to look for and to add one entry with. */
  keysOf(parts: Parts): Uint32Array {
    const total = parts.reduce((sum, { length }) => sum + length, 0);
    const union = new Uint32Array(total);
    let at = 0;
    parts.forEach((part, index) => {
      // The same words in another part are other shingles. Parts that are each alike are alike together (a mediant).
      const salt = mix(index + 1);
      for (const shingle of part) union[at++] = shingle ^ salt;
    });
    const signature = minhash(union, this.#hashes);
    const { bands, rows } = this.banding;
    const keys = new Uint32Array(bands);
    for (let band = 0; band < bands; band++) {
      let key = band;
      for (let row = 0; row < rows; row++) key = mix(Math.imul(key, 31) + (signature[band * rows + row] ?? 0));
      keys[band] = key;
    }
    return keys;
  }

  /** The entries that are like these parts, each once. `skip` leaves out those that need no look. */
  *similar(parts: Parts, keys: Uint32Array, skip: (entry: number) => boolean = () => false): Generator<Similar> {
    if (this.size === 0) return;
    this.#search += 1;
    const { bands } = this.banding;
    for (let band = 0; band < bands; band++) {
      const key = keys[band] ?? 0;
      let entry = this.#heads[this.#bucket(band, key)] ?? none;
      for (; entry !== none; entry = this.#earlier.at(entry * bands + band)) {
        if (this.#keys.at(entry * bands + band) !== key || this.#lookedAt.at(entry) === this.#search) continue;
        this.#lookedAt.set(entry, this.#search);
        if (skip(entry)) continue;
        const similarity = this.#similarity(entry, parts);
        if (similarity >= this.#threshold) yield { entry, similarity };
      }
    }
  }

  /** @returns the entry's number, counted from 0 */
  add(parts: Parts, keys: Uint32Array): number {
    const entry = this.size;
    if (entry >= this.#buckets) this.#grow();
    this.#starts.push(this.#shingles.length);
    this.#shingles.push(parts.length);
    for (const { length } of parts) this.#shingles.push(length);
    for (const part of parts) this.#shingles.append(part);
    this.#lookedAt.push(0);
    this.#keys.append(keys);
    for (let band = 0; band < this.banding.bands; band++) this.#earlier.push(none);
    this.#link(entry);
    return entry;
  }

  #bucket(band: number, key: number): number {
    return band * this.#buckets + (key % this.#buckets);
  }

  #link(entry: number): void {
    const { bands } = this.banding;
    for (let band = 0; band < bands; band++) {
      const place = entry * bands + band;
      const bucket = this.#bucket(band, this.#keys.at(place));
      this.#earlier.set(place, this.#heads[bucket] ?? none);
      this.#heads[bucket] = entry;
    }
  }

  #grow(): void {
    this.#buckets = Math.max(1_024, 2 * this.#buckets);
    this.#heads = new Uint32Array(this.banding.bands * this.#buckets).fill(none);
    for (let entry = 0; entry < this.size; entry++) this.#link(entry);
  }

  /** Of the least similar part; 0 as soon as one is below the threshold. */
  #similarity(entry: number, parts: Parts): number {
    const start = this.#starts.at(entry);
    if (this.#shingles.at(start) !== parts.length) return 0;
    let from = start + 1 + parts.length;
    let least = 1;
    for (const [index, part] of parts.entries()) {
      const length = this.#shingles.at(start + 1 + index);
      const [fewer, more] = length < part.length ? [length, part.length] : [part.length, length];
      if (fewer < this.#threshold * more) return 0;
      least = Math.min(least, jaccard(this.#shingles.slice(from, from + length), part));
      if (least < this.#threshold) return 0;
      from += length;
    }
    return least;
  }
}
