import { tokensOf } from "./tokens.ts";

/**
 * The set of a text's shingles, runs of `size` tokens (Broder 1997, "On the resemblance and containment of documents"), as sorted
 * 32-bit hashes without repeats. A text shorter than a shingle is one shingle. Among a thousand shingles two share a hash with a
 * chance of about one in ten thousand, so that similarities are exact for all that matters here.
 *
 * @param group texts of different groups share no shingle
 */
export function shinglesOf(text: string, size: number, group = 0): Uint32Array {
  const hashes = tokensOf(text).map(hashText);
  if (hashes.length === 0) return Uint32Array.of(mix(group + 1));
  const count = Math.max(1, hashes.length - size + 1);
  const shingles = new Uint32Array(count);
  for (let start = 0; start < count; start++) {
    let hash = group | 0;
    const end = Math.min(start + size, hashes.length);
    for (let at = start; at < end; at++) hash = mix(Math.imul(hash, 31) + (hashes[at] ?? 0));
    shingles[start] = hash;
  }
  shingles.sort();
  let kept = 0;
  for (const shingle of shingles) if (kept === 0 || shingle !== shingles[kept - 1]) shingles[kept++] = shingle;
  return shingles.slice(0, kept);
}

/** FNV-1a over UTF-16 units. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** MurmurHash3's finaliser: every bit of the result depends on every bit of what comes in. */
export function mix(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** |A ∩ B| / |A ∪ B| of two sorted sets; two empty ones are the same. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [left, right] = [a[i] ?? 0, b[j] ?? 0];
    if (left === right) shared += 1;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  const union = a.length + b.length - shared;
  return union === 0 ? 1 : shared / union;
}
