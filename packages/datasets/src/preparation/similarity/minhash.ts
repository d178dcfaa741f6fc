import { mix } from "./shingles.ts";

/**
 * MinHash (Broder 1997): the least value of each of `hashes` random functions over a set. Two sets agree in one place with the
 * probability of their Jaccard similarity J, so the share of places where they agree estimates J without bias, with a standard
 * error of √(J(1 − J)/hashes). The functions are fixed for good: signatures of one set never differ.
 */
export function minhash(set: Uint32Array, hashes: number): Uint32Array {
  const signature = new Uint32Array(hashes);
  // Signed numbers with the highest bit turned sort as unsigned ones do, and stay integers in the machine: twice as fast.
  const values = new Int32Array(set.buffer, set.byteOffset, set.length);
  for (let place = 0; place < hashes; place++) {
    // 2³² over the golden ratio, an odd number: the steps of Weyl's sequence meet no seed twice.
    const seed = mix(Math.imul(place + 1, 0x9e3779b9)) | 0;
    let least = 0x7fffffff;
    for (let at = 0; at < values.length; at++) {
      let hash = (values[at] ?? 0) ^ seed;
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      hash = hash ^ (hash >>> 16) ^ 0x80000000;
      if (hash < least) least = hash;
    }
    signature[place] = least ^ 0x80000000;
  }
  return signature;
}

/** The Jaccard similarity that two signatures of one length speak for. */
export function estimatedJaccard(a: Uint32Array, b: Uint32Array): number {
  const agreeing = a.reduce((count, value, place) => count + (value === b[place] ? 1 : 0), 0);
  return agreeing / a.length;
}

export interface Banding {
  readonly bands: number;
  /** Places of the signature a band has. */
  readonly rows: number;
  /** Chance that a pair exactly at the threshold shares no band, and is missed. */
  readonly missed: number;
}

/** One pair in ten thousand at the threshold may be missed; above it the chance falls fast. */
const mayMiss = 1e-4;

/**
 * How a signature is cut into bands, so that similar sets share one (locality-sensitive hashing; Leskovec, Rajaraman and Ullman,
 * "Mining of Massive Datasets", §3.4): a pair of similarity s shares a band with probability 1 − (1 − sʳ)ᵇ. Longer bands bring
 * fewer strangers together, so they are as long as the chance of missing a pair at the threshold allows.
 */
export function bandingFor(threshold: number, hashes: number): Banding {
  const cuts = Array.from({ length: hashes }, (_, index): Banding => {
    const rows = index + 1;
    const bands = Math.floor(hashes / rows);
    return { bands, rows, missed: (1 - threshold ** rows) ** bands };
  });
  return (
    cuts.findLast(({ missed }) => missed <= mayMiss) ?? { bands: hashes, rows: 1, missed: (1 - threshold) ** hashes }
  );
}
