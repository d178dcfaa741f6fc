import type { Answers, LeasedTask, Question, QuestionKind } from "@touchstone/contracts";
import { use } from "react";
import { preference } from "./preference.ts";
import type { AnswerWords, LoadedParts, QuestionParts, SheetKind } from "./question-parts.ts";
import { rating } from "./rating.ts";
import type { Scale } from "./scale.ts";

/** Kinds that are answered in words come together: they have the field in common. */
const written = (kind: keyof typeof import("./written/index.ts")): SheetKind => ({
  form: "sheet",
  load: () => import("./written/index.ts").then((file) => file[kind]),
});

/** Kinds of which something is chosen come together: they have their buttons in common. */
const chosen = (kind: keyof typeof import("./chosen/index.ts")): SheetKind => ({
  form: "sheet",
  load: () => import("./chosen/index.ts").then((file) => file[kind]),
});

/** How each kind of question is asked; a kind that is missing here does not compile. */
export const questionParts: { readonly [K in QuestionKind]: QuestionParts } = {
  preference,
  ranking: { form: "sheet", load: () => import("./ranking.ts").then((file) => file.ranking) },
  rating,
  text: written("text"),
  correction: written("correction"),
  demonstration: written("demonstration"),
  choice: chosen("choice"),
  aspects: chosen("aspects"),
  "best-worst": chosen("bestWorst"),
  number: chosen("number"),
  steps: { form: "sheet", load: () => import("./steps/steps.ts").then((file) => file.steps) },
  spans: { form: "sheet", load: () => import("./spans/index.ts").then((file) => file.spans) },
};

/** Of a task that asks one thing that one press answers: the press is the judgement. */
export function quickScale({ questions }: LeasedTask): { readonly question: Question; readonly scale: Scale } | null {
  const [question, ...more] = questions;
  if (!question || more.length > 0) return null;
  const parts: QuestionParts = questionParts[question.kind];
  return parts.form === "scale" ? { question, scale: parts.scale(question) } : null;
}

const loading = new Map<QuestionKind, Promise<LoadedParts>>();

/** What a kind takes. While it is fetched, whoever draws waits in the nearest `Suspense`. */
export function loadedParts(kind: QuestionKind): LoadedParts {
  const parts: QuestionParts = questionParts[kind];
  if (parts.form === "scale") return parts;
  const load = loading.get(kind) ?? parts.load();
  loading.set(kind, load);
  // What has not come is asked for again, when it is next wanted.
  load.catch(() => loading.delete(kind));
  return use(load);
}

/** All answers to a task's questions in one line, as they were shown. */
export function answersInWords(words: AnswerWords, questions: readonly Question[], answers: Answers): string {
  return questions
    .flatMap((question) => {
      const answer = answers[question.name];
      return answer === undefined ? [] : [loadedParts(question.kind).inWords(words, answer, question)];
    })
    .join(" · ");
}
