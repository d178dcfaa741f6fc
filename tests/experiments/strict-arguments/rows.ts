import type { Comparison } from "@touchstone/contracts";
import { seededRandom } from "@touchstone/engine";
import { readArgumentPairs } from "../../harness/argument-pairs.ts";

export interface StrictPair extends Comparison {
  /** The question debated: what folds are made of. */
  readonly title: string;
}

/** UKPConvArgStrict: the pairs with a clear winner, one label each, a prompt for each side of a debate. */
export async function readStrictPairs(): Promise<StrictPair[]> {
  return (await readArgumentPairs()).flatMap((pair) => {
    if (!pair.in_strict || pair.gold === null || pair.gold === "equal") return [];
    return {
      kind: "comparison",
      title: pair.title,
      judgementId: pair.id,
      annotator: "gold",
      promptId: pair.debate_side,
      prompt: [{ role: "user", content: `${pair.title}\n${pair.stance}` }],
      split: "train",
      a: { completionId: pair.a1, text: pair.text1 },
      b: { completionId: pair.a2, text: pair.text2 },
      outcome: pair.gold === "a1" ? 2 : -2,
      bothBad: false,
      first: "a",
      weight: 1,
    };
  });
}

/** A coin decides for each training pair whether it changes its winner: nothing is left to be learned. */
export function withPermutedWinners(pairs: readonly StrictPair[], seed: string): StrictPair[] {
  const random = seededRandom(`${seed}/permuted winners`);
  return pairs.map((pair) =>
    pair.split === "train" && random.uniform() < 0.5 ? { ...pair, outcome: -pair.outcome } : pair,
  );
}
