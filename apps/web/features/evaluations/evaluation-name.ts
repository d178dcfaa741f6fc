import type { EvaluationView } from "@touchstone/contracts";
import { codeOfModel } from "../models/model-name.ts";

type Named = Pick<EvaluationView, "name" | "candidate" | "baseline">;
type Words = (key: "against" | "candidate", values?: { candidate: string; baseline: string }) => string;

/** What a person called it, else the two policies that it compares; one that is still being trained has no number yet. */
export function nameOfEvaluation({ name, candidate, baseline }: Named, words: Words): string {
  const newer = candidate ? codeOfModel(candidate) : words("candidate");
  return name ?? words("against", { candidate: newer, baseline: codeOfModel(baseline) });
}
