import type { QuestionKind } from "./projects.ts";

/** What a project asks until it has words of its own. A page shows these in its language; exports carry this text. */
export const standardQuestions: Readonly<Record<QuestionKind, string>> = {
  preference: "Which answer is better?",
  rating: "How good is this answer?",
};
