import type { z } from "zod";
import { aspects } from "./aspects.ts";
import { bestWorst } from "./best-worst.ts";
import { choice } from "./choice.ts";
import { correction } from "./correction.ts";
import { demonstration } from "./demonstration.ts";
import { number } from "./number.ts";
import { preference } from "./preference.ts";
import type { QuestionContract } from "./question-contract.ts";
import { ranking } from "./ranking.ts";
import { rating } from "./rating.ts";
import { spans } from "./spans.ts";
import { steps } from "./steps.ts";
import { text } from "./text.ts";

/**
 * Every kind of question. A kind has its other parts in `labeling/questions/` (what an answer means) and in the
 * workbench's `questions/` (how it is asked); each of those records must name every kind of this one, or does not compile.
 */
export const questionKinds = {
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
} as const satisfies Record<string, QuestionContract>;

export type QuestionKind = keyof typeof questionKinds;
export type AnswerTo<K extends QuestionKind> = z.infer<(typeof questionKinds)[K]["answer"]>;
export type SettingsOf<K extends QuestionKind> = z.infer<(typeof questionKinds)[K]["settings"]>;

export const isQuestionKind = (name: string): name is QuestionKind => Object.hasOwn(questionKinds, name);

/** The contract of a kind, for whoever treats all kinds alike. */
export const contractOf = (kind: QuestionKind): QuestionContract => questionKinds[kind];
