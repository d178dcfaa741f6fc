import { comparisonFigures } from "@touchstone/rlhf";
import type { ArgumentPair } from "../../harness/argument-pairs.ts";
import type { HeldOutVote } from "./fold.ts";

/** A share with its 95 % interval, clustered by debate side. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Figures {
  /** Votes or pairs with a winner, and the debate sides they come from. */
  readonly judged: number;
  readonly sides: number;
  readonly accuracy: Readonly<Record<Scorer, Share>>;
  /** Accuracy of the reward model minus that of a baseline, pair by pair. */
  readonly lead: Readonly<Record<(typeof baselines)[number], Share>>;
}

const baselines = ["longer", "bigram", "untrained"] as const;
export const scorers = ["model", ...baselines] as const;
export type Scorer = (typeof scorers)[number];

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
  const decided = votes.filter(({ outcome }) => outcome !== 0);
  const figures = comparisonFigures(decided);
  const share = (from: Readonly<Record<string, number>>, name: string): Share => ({
    value: from[name] ?? Number.NaN,
    low: from[`${name}.low`] ?? Number.NaN,
    high: from[`${name}.high`] ?? Number.NaN,
  });
  // A baseline in the model's place gets its interval by the same rule.
  const accuracy = (scorer: Scorer) =>
    share(comparisonFigures(decided.map((vote) => ({ ...vote, model: vote[scorer] }))), "heldout.accuracy");
  return {
    judged: decided.length,
    sides: new Set(decided.map(({ promptId }) => promptId)).size,
    accuracy: {
      model: accuracy("model"),
      longer: accuracy("longer"),
      bigram: accuracy("bigram"),
      untrained: accuracy("untrained"),
    },
    lead: {
      longer: share(figures, "heldout.lead.longer"),
      bigram: share(figures, "heldout.lead.bigram"),
      untrained: share(figures, "heldout.lead.untrained"),
    },
  };
}
