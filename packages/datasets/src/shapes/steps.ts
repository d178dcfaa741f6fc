import { type StepVerdict, stepsOf } from "@touchstone/contracts";
import type { ImportJudgement } from "../import-row.ts";
import { lineProblem } from "../read/line-problem.ts";

const cuts = [
  { cut: "paragraphs", between: "\n\n", questionnaire: "imported-steps" },
  { cut: "lines", between: "\n", questionnaire: "imported-step-lines" },
] as const;

/**
 * Steps as one answer that is cut into just these steps again, since a label is of a step's place. Steps with blank
 * lines in them are put on lines of their own.
 *
 * @throws DomainError invalid_line where neither cut gives these steps back
 */
export function answerOfSteps(
  steps: readonly string[],
  line: number,
  field: string,
): { text: string; questionnaire: ImportJudgement["questionnaire"] } {
  const trimmed = steps.map((step) => step.trim());
  const blank = trimmed.indexOf("");
  if (blank >= 0) throw lineProblem(line, `${field}.${blank}`, "empty");
  for (const { cut, between, questionnaire } of cuts) {
    const text = trimmed.join(between);
    const found = stepsOf(text, cut);
    if (found.length === trimmed.length && found.every((step, index) => step === trimmed[index])) {
      return { text, questionnaire };
    }
  }
  throw lineProblem(line, field, "stepsNotCut");
}

/** What was said of each step. @throws DomainError invalid_line where the numbers differ */
export function labelsOf(
  labels: readonly StepVerdict[],
  steps: number,
  line: number,
  field: string,
): Pick<ImportJudgement, "sides" | "answer"> {
  if (labels.length !== steps) {
    throw lineProblem(line, field, "labelCount", { count: labels.length, expected: steps });
  }
  return { sides: [0], answer: { choice: "labelled", labels: [...labels] } };
}
