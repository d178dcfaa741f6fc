import { type Answers, isAsked, type LeasedTask, type Question, type QuestionKind } from "@touchstone/contracts";
import { preference } from "./preference.ts";
import type { AnswerWords, QuestionParts } from "./question-parts.ts";
import { ranking } from "./ranking.ts";
import { rating } from "./rating.ts";
import type { Scale } from "./scale.ts";

/** How each kind of question is asked; a kind that is missing here does not compile. */
export const questionParts: { readonly [K in QuestionKind]: QuestionParts } = { preference, ranking, rating };

/** Of a task that asks one thing that one press answers: the press is the judgement. */
export function quickScale({ questions }: LeasedTask): { readonly question: Question; readonly scale: Scale } | null {
  const [question, ...more] = questions;
  if (!question || more.length > 0) return null;
  const parts: QuestionParts = questionParts[question.kind];
  return parts.form === "scale" ? { question, scale: parts.scale(question) } : null;
}

/** The answers that are whole, of the questions that are asked with them; and the first asked question that lacks one. */
export function wholeAnswers(
  task: LeasedTask,
  drafts: Answers,
): { readonly answers: Answers; readonly lacking: Question | undefined } {
  const answers: Answers = {};
  let lacking: Question | undefined;
  for (const question of task.questions) {
    if (!isAsked(question, answers)) continue;
    const draft = drafts[question.name];
    const answer = draft === undefined ? null : whole(question, draft, task);
    if (answer !== null) answers[question.name] = answer;
    else if (question.required) lacking ??= question;
  }
  return { answers, lacking };
}

function whole(question: Question, draft: Answers[string], task: LeasedTask): Answers[string] | null {
  const parts: QuestionParts = questionParts[question.kind];
  return parts.form === "scale" ? draft : parts.complete(draft, question, task);
}

/** All answers to a task's questions in one line, as they were shown. */
export function answersInWords(words: AnswerWords, questions: readonly Question[], answers: Answers): string {
  return questions
    .flatMap((question) => {
      const answer = answers[question.name];
      return answer === undefined ? [] : [questionParts[question.kind].inWords(words, answer, question)];
    })
    .join(" · ");
}
