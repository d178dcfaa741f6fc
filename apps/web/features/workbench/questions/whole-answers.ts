import { type Answer, type Answers, isAsked, type LeasedTask, type Question } from "@touchstone/contracts";
import type { LoadedParts } from "./question-parts.ts";

interface WholeAnswers {
  readonly answers: Answers;
  /** The first asked question that lacks an answer: it is required, or begun, or nothing else is answered either. */
  readonly lacking: Question | undefined;
  /** The question that single keys mean. */
  readonly current: Question | undefined;
}

/** The answers that are whole, of the questions that are asked with them, and which question comes next. */
export function wholeAnswers(
  task: LeasedTask,
  drafts: Answers,
  partsOf: (question: Question) => LoadedParts,
): WholeAnswers {
  const answers: Answers = {};
  const open: Question[] = [];
  for (const question of task.questions) {
    if (!isAsked(question, answers)) continue;
    const draft = drafts[question.name];
    const answer = draft === undefined ? null : whole(question, draft, task, partsOf(question));
    if (answer === null) open.push(question);
    else answers[question.name] = answer;
  }
  const isWanted = (question: Question): boolean =>
    question.required || isBegun(partsOf(question), drafts[question.name], task);
  const isNothingAnswered = Object.keys(answers).length === 0;
  const lacking = open.find(isWanted) ?? (isNothingAnswered ? open[0] : undefined);
  // The only question keeps its keys: what an undo has brought back is whole, and there to be changed.
  const only = task.questions.length === 1 ? task.questions[0] : undefined;
  return { answers, lacking, current: lacking ?? open[0] ?? only };
}

function isBegun(parts: LoadedParts, draft: Answer | undefined, task: LeasedTask): boolean {
  return draft !== undefined && parts.form === "parts" && parts.isBegun?.(draft, task) === true;
}

function whole(question: Question, draft: Answer, task: LeasedTask, parts: LoadedParts): Answer | null {
  return parts.form === "scale" ? draft : parts.complete(draft, question, task);
}
