import type { ArgumentPair } from "../../harness/argument-pairs.ts";

/** Topics dealt out in the order of their titles; both sides of a debate go together. */
export function topicsOfFold(pairs: readonly Pick<ArgumentPair, "title">[], fold: number, folds: number): Set<string> {
  const titles = [...new Set(pairs.map(({ title }) => title))].sort();
  return new Set(titles.filter((_, index) => index % folds === fold));
}
