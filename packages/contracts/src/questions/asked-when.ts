import type { Answers, Question } from "./question.ts";

/** Whether a question is asked, given the answers so far: always, or as a follow-up of another answer. */
export function isAsked({ when }: Pick<Question, "when">, answers: Answers): boolean {
  if (when === null) return true;
  const answer = answers[when.question];
  if (answer === undefined) return false;
  if (when.field === undefined) return true;
  const value = answer[when.field];
  if (when.is === undefined) return value !== undefined && value !== null;
  return when.is.some((wanted) => (Array.isArray(value) ? value.includes(wanted) : value === wanted));
}
