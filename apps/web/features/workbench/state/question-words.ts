import { type QuestionKind, type QuestionView, standardQuestions } from "@touchstone/contracts";

/** What a task asks, in words of the page where the project has none of its own. */
export function questionWords(
  { kind, title }: Pick<QuestionView, "kind" | "title">,
  inPageLanguage: (kind: QuestionKind) => string,
): string {
  return title === standardQuestions[kind] ? inPageLanguage(kind) : title;
}
