import { type Answer, type Answers, isAsked, type LeasedTask, type Question } from "@touchstone/contracts";
import type { LoadedParts } from "./question-parts.ts";

/**
 * The answers that are whole, of the questions that are asked with them; and the first asked question that lacks one: it is
 * required, or somebody has begun to answer it, or nothing else is answered either.
 */
export function wholeAnswers(
  task: LeasedTask,
  drafts: Answers,
  partsOf: (question: Question) => LoadedParts,
): { readonly answers: Answers; readonly lacking: Question | undefined } {
  const answers: Answers = {};
  let lacking: Question | undefined;
  let first: Question | undefined;
  for (const question of task.questions) {
    if (!isAsked(question, answers)) continue;
    first ??= question;
    const draft = drafts[question.name];
    const parts = partsOf(question);
    const answer = draft === undefined ? null : whole(question, draft, task, parts);
    if (answer !== null) answers[question.name] = answer;
    else if (question.required || isBegun(parts, draft, task)) lacking ??= question;
  }
  return { answers, lacking: Object.keys(answers).length > 0 ? lacking : (lacking ?? first) };
}

function isBegun(parts: LoadedParts, draft: Answer | undefined, task: LeasedTask): boolean {
  return draft !== undefined && parts.form === "parts" && parts.isBegun?.(draft, task) === true;
}

function whole(question: Question, draft: Answer, task: LeasedTask, parts: LoadedParts): Answer | null {
  return parts.form === "scale" ? draft : parts.complete(draft, question, task);
}
