import { hash32 } from "./hash32.ts";

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
