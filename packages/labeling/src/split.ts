export type Split = "train" | "validation" | "test";

/** Shares in the order of the hash: 80 % train, 10 % validation, 10 % test. */
const bounds: readonly { split: Split; below: number }[] = [
  { split: "train", below: 0.8 },
  { split: "validation", below: 0.9 },
  { split: "test", below: 1 },
];

/**
 * The split of a cluster of prompts, for good: it depends on the cluster's name alone, so prompts that belong together
 * never cross splits, and what is imported later never moves what was there. The hash must therefore never change.
 */
export function splitOf(cluster: string): Split {
  const share = hash32(cluster) / 2 ** 32;
  return bounds.find(({ below }) => share < below)?.split ?? "test";
}

/** FNV-1a over the UTF-8 bytes, then MurmurHash3's finaliser, since FNV alone mixes its high bits poorly. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
