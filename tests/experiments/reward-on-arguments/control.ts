import { seededRandom } from "@touchstone/engine";
import type { ArgumentPair } from "../../harness/argument-pairs.ts";

const turned = { a1: "a2", a2: "a1", equal: "equal" } as const;

/**
 * The same votes with nothing to be learned from them: in each training pair, a coin decides whether all its votes change
 * sides. Ties, agreement and the held-out votes stay as they were.
 */
export function withPermutedSides(
  pairs: readonly ArgumentPair[],
  heldOut: ReadonlySet<string>,
  seed: number,
): ArgumentPair[] {
  const random = seededRandom(`${seed}/permuted sides`);
  return pairs.map((pair) => {
    if (heldOut.has(pair.title) || random.uniform() < 0.5) return pair;
    return { ...pair, votes: pair.votes.map((vote) => ({ ...vote, value: turned[vote.value] })) };
  });
}
