import type { Answers, Question, Questions } from "@touchstone/contracts";
import type { JudgedTask } from "../judged-task.ts";
import { measurementsOf } from "../questions/kinds.ts";

/** What one person has answered to a task, and in which order they saw how many answers. */
export interface AnsweredTask {
  readonly questions: Questions;
  readonly answers: Answers;
  readonly shownOrder: readonly number[];
  readonly completions: number;
}

/**
 * Of all pairs of people who measured the same of one task (a question, and of it a unit, such as an aspect of one answer),
 * the share that said the same. Of a preference that is which answer is better, whatever by how much.
 *
 * @returns 0–1, or null where no two people measured the same.
 */
export function shareOfEqualPairs(people: readonly AnsweredTask[]): number | null {
  const units = new Map<string, number[]>();
  for (const person of people) {
    for (const question of person.questions) {
      for (const [unit, value] of measuredBy(person, question)) units.set(unit, [...(units.get(unit) ?? []), value]);
    }
  }
  let equal = 0;
  let pairs = 0;
  for (const values of units.values()) {
    pairs += (values.length * (values.length - 1)) / 2;
    equal += equalPairs(values);
  }
  return pairs === 0 ? null : equal / pairs;
}

function equalPairs(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
}

function measuredBy({ answers, shownOrder, completions }: AnsweredTask, question: Question): [string, number][] {
  const answer = answers[question.name];
  if (answer === undefined) return [];
  const task: JudgedTask = { ...unread, shownOrder: [...shownOrder], completions: blank(completions) };
  return measurementsOf(question, answer, task).map(({ unit, value }) => [
    `${question.name} ${unit}`,
    question.kind === "preference" ? Math.sign(value) : value,
  ]);
}

/** As much of a task as measuring needs: nothing of what it says. */
const unread = { judgementId: "", annotator: "", promptId: "", prompt: [], split: "train" as const };
const blank = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ completionId: String(place), text: null }));
