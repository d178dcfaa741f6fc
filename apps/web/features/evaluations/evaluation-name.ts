import type { EvaluationView } from "@touchstone/contracts";
import { codeOfModel } from "../models/model-name.ts";

type Named = Pick<EvaluationView, "name" | "candidate" | "baseline"> &
  Partial<Pick<EvaluationView, "others" | "bestOf">>;
type Words = (
  key: "against" | "candidate" | "amongst" | "bestOf.against",
  values?: { candidate: string; baseline: string; others?: number; samples?: number; reward?: string },
) => string;

/** What a person called it, else the two policies that it compares; one that is still being trained has no number yet. */
export function nameOfEvaluation(
  { name, candidate, baseline, others = [], bestOf = null }: Named,
  words: Words,
): string {
  const newer = candidate ? codeOfModel(candidate) : words("candidate");
  const pair = { candidate: newer, baseline: codeOfModel(baseline) };
  if (name !== null) return name;
  if (bestOf) {
    return words("bestOf.against", { ...pair, samples: bestOf.samples, reward: codeOfModel(bestOf.reward) });
  }
  return others.length === 0 ? words("against", pair) : words("amongst", { ...pair, others: others.length });
}
