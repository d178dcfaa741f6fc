import { type ComparisonPrediction, comparisonFigures } from "@touchstone/rlhf";

/** A figure with its 95 % interval. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const baselines = ["longer", "bigram", "untrained"] as const;
export const scorers = ["model", ...baselines] as const;
export type Scorer = (typeof scorers)[number];

export const titles: Readonly<Record<Scorer, string>> = {
  model: "reward model",
  longer: "longer wins",
  bigram: "bag of bigrams",
  untrained: "reward model, untrained",
};

export interface Compared {
  /** Comparisons with a winner, and the prompts that they are of. */
  readonly judged: number;
  readonly clusters: number;
  readonly accuracy: Readonly<Record<Scorer, Share>>;
  /** Accuracy of the reward model minus that of a baseline, pair by pair. */
  readonly lead: Readonly<Record<(typeof baselines)[number], Share>>;
}

/** A reward model and its baselines on the same held-out comparisons, of all folds together. Intervals are clustered by prompt. */
export function compared(predictions: readonly ComparisonPrediction[]): Compared {
  const decided = predictions.filter(({ outcome }) => outcome !== 0);
  const figures = comparisonFigures(decided);
  const share = (from: Readonly<Record<string, number>>, name: string): Share => ({
    value: from[name] ?? Number.NaN,
    low: from[`${name}.low`] ?? Number.NaN,
    high: from[`${name}.high`] ?? Number.NaN,
  });
  // A baseline in the model's place gets its interval by the same rule.
  const accuracy = (scorer: Scorer) =>
    share(comparisonFigures(decided.map((row) => ({ ...row, model: row[scorer] }))), "heldout.accuracy");
  return {
    judged: decided.length,
    clusters: new Set(decided.map(({ promptId }) => promptId)).size,
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

/** ".763 [.741, .786]" */
export function shown({ value, low, high }: Share): string {
  const digits = (number: number) => number.toFixed(3).replace("0.", ".").replace("-", "−");
  return `${digits(value)} [${digits(low)}, ${digits(high)}]`;
}
