import type { Estimate, EvaluationView, Verdict } from "@touchstone/contracts";

const turned: Readonly<Record<Verdict, Verdict>> = {
  better: "worse",
  worse: "better",
  "no meaningful difference": "no meaningful difference",
  "not yet known": "not yet known",
};

export interface Seen {
  readonly rate: Estimate;
  readonly verdict: Verdict;
}

/** How a comparison of two policies stands for one of them, whichever was its candidate; null while it has no estimate. */
export function seenFrom(
  { candidateId, winRate, verdict }: Pick<EvaluationView, "candidateId" | "winRate" | "verdict">,
  modelId: string,
): Seen | null {
  if (winRate === null) return null;
  if (candidateId === modelId) return { rate: winRate, verdict };
  const { value, low, high } = winRate;
  return { rate: { value: 1 - value, low: 1 - high, high: 1 - low }, verdict: turned[verdict] };
}
