import type { ArgumentPair } from "../../harness/argument-pairs.ts";
import { type Compared, compared } from "../cross-validation/compared.ts";
import type { HeldOutVote } from "./fold.ts";

export interface Figures extends Omit<Compared, "clusters"> {
  /** The debate sides that the votes or pairs come from. */
  readonly sides: number;
}

/** Over single votes, whose noise caps every figure; over pairs with a gold label; and over the strict ones of these. */
export function allFigures(votes: readonly HeldOutVote[], pairs: readonly ArgumentPair[]) {
  const known = new Map(pairs.map((pair) => [pair.id, pair]));
  const onePerPair = [...new Map(votes.map((vote) => [vote.pairId, vote])).values()];
  const gold = (wanted: (pair: ArgumentPair) => boolean) =>
    onePerPair.flatMap((vote): HeldOutVote[] => {
      const pair = known.get(vote.pairId);
      if (!pair || !wanted(pair) || pair.gold === null || pair.gold === "equal") return [];
      return [{ ...vote, outcome: pair.gold === "a1" ? 1 : -1 }];
    });
  return {
    votes: figuresOf(votes),
    gold: figuresOf(gold(() => true)),
    strict: figuresOf(gold((pair) => pair.in_strict)),
  };
}

/** Each side is held out once, under a prompt of its own, so that the product's figures cluster by debate side. */
function figuresOf(votes: readonly HeldOutVote[]): Figures {
  const { judged, clusters, accuracy, lead } = compared(votes);
  return { judged, sides: clusters, accuracy, lead };
}
