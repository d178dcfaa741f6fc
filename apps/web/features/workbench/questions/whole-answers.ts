import { type Answer, type Answers, isAsked, type LeasedTask, type Question } from "@touchstone/contracts";
import type { LoadedParts } from "./question-parts.ts";

/** The answers that are whole, of the questions that are asked with them; and the first asked question that lacks one. */
export function wholeAnswers(
  task: LeasedTask,
  drafts: Answers,
  partsOf: (question: Question) => LoadedParts,
): { readonly answers: Answers; readonly lacking: Question | undefined } {
  const answers: Answers = {};
  let lacking: Question | undefined;
  for (const question of task.questions) {
    if (!isAsked(question, answers)) continue;
    const draft = drafts[question.name];
    const answer = draft === undefined ? null : whole(question, draft, task, partsOf(question));
    if (answer !== null) answers[question.name] = answer;
    else if (question.required) lacking ??= question;
  }
  return { answers, lacking };
}

function whole(question: Question, draft: Answer, task: LeasedTask, parts: LoadedParts): Answer | null {
  return parts.form === "scale" ? draft : parts.complete(draft, question, task);
}
