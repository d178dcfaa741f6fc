import {
  type Answer,
  type AnswerTo,
  type NormalForm,
  type Question,
  type QuestionKind,
  questionKinds,
  type SettingsOf,
} from "@touchstone/contracts";
import type { z } from "zod";
import type { Scale } from "../agreement/distance.ts";
import type { JudgedTask } from "../judged-task.ts";
import { aspects } from "./aspects.ts";
import { bestWorst } from "./best-worst.ts";
import { choice } from "./choice.ts";
import { correction } from "./correction.ts";
import { demonstration } from "./demonstration.ts";
import { number } from "./number.ts";
import { preference } from "./preference.ts";
import type { AnswerFault, Measurement, QuestionRules } from "./question-rules.ts";
import { ranking } from "./ranking.ts";
import { rating } from "./rating.ts";
import { spans } from "./spans.ts";
import { steps } from "./steps.ts";
import { text } from "./text.ts";

/** What answers of each kind mean; a kind that is missing here does not compile. */
const questionRules: { readonly [K in QuestionKind]: QuestionRules<K> } = {
  preference,
  ranking,
  rating,
  text,
  correction,
  demonstration,
  choice,
  aspects,
  "best-worst": bestWorst,
  number,
  steps,
  spans,
};

/** The schemas of each kind, typed so that a kind's answer is known by the kind. */
const schemas: {
  readonly [K in QuestionKind]: {
    readonly answer: z.ZodType<AnswerTo<K>>;
    readonly settings: z.ZodType<SettingsOf<K>>;
  };
} = questionKinds;

/** Whether a stored or checked answer fits the task that it was given to; null where it does. */
export function answerFault(question: Question, answer: Answer, task: JudgedTask): AnswerFault | null {
  return rulesFor(question.kind, question, answer, task).fault();
}

/** What learning reads of an answer. */
export function formsOf(question: Question, answer: Answer, task: JudgedTask): NormalForm[] {
  return rulesFor(question.kind, question, answer, task).forms();
}

export function measurementsOf(question: Question, answer: Answer, task: JudgedTask): Measurement[] {
  return rulesFor(question.kind, question, answer, task).measurements();
}

/** Whether answers of this kind put those of a task in order. */
export const ordersAnswers = (kind: QuestionKind): boolean => questionRules[kind].orders === true;

export const scaleOf = (kind: QuestionKind): Scale => questionRules[kind].agreement.scale;

/** The rules of a kind with an answer of that kind: here, and nowhere else, the two are brought together. */
function rulesFor<K extends QuestionKind>(kind: K, question: Question, given: Answer, task: JudgedTask) {
  const rules: QuestionRules<K> = questionRules[kind];
  const answer = schemas[kind].answer.parse(given);
  const asked = { name: question.name, settings: schemas[kind].settings.parse(question.settings), task };
  return {
    fault: () => rules.fault(answer, asked),
    forms: () => rules.forms(answer, asked),
    measurements: () => rules.agreement.measurements(answer, asked),
  };
}
