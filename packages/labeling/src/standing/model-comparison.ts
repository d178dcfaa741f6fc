/** What judgements said of two answers, by the models that wrote them: of one judgement, or of several that said the same. */
export interface ModelComparison {
  readonly a: string;
  readonly b: string;
  /** Which was preferred, however strongly; "both bad" is a tie here: it says nothing of which is better. */
  readonly won: "a" | "b" | "tie";
  /** Which answer was shown first (left); null when it is not known, as with votes from a file. */
  readonly first: "a" | "b" | null;
  /** Of how many judgements it counts as one: 1, or a pair's share of a ranking; of several the sum. */
  readonly weight: number;
  /** The prompt answered: judgements of one prompt depend on each other. */
  readonly prompt: string;
  /** How many comparisons it stands for; absent: one. */
  readonly count?: number;
}
