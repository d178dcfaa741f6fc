import { contractOf } from "./kinds.ts";
import type { Question } from "./question.ts";

/** How many answers of models a task shows that asks all of these; none where `least` is above `most`: they go not together. */
export function completionsOf(questions: readonly Pick<Question, "kind">[]): { least: number; most: number } {
  const bounds = questions.map(({ kind }) => contractOf(kind).completions);
  return {
    least: Math.max(...bounds.map(({ least }) => least)),
    most: Math.min(...bounds.map(({ most }) => most)),
  };
}
