import type { EvaluationView } from "@touchstone/contracts";

type Named = Pick<EvaluationView, "name" | "candidateName" | "baselineName">;
type Words = (key: "against" | "candidate", values?: { candidate: string; baseline: string }) => string;

/** What a person called it, else the two policies that it compares; one that is still being trained has no name yet. */
export function nameOfEvaluation({ name, candidateName, baselineName }: Named, words: Words): string {
  return name ?? words("against", { candidate: candidateName ?? words("candidate"), baseline: baselineName });
}
