import type { Question, QuestionKind } from "@touchstone/contracts";

/** What a question asks, in words of the page where it has none of its own. */
export function questionWords(
  { kind, title }: Pick<Question, "kind" | "title">,
  inPageLanguage: (kind: QuestionKind) => string,
): string {
  return title === "" ? inPageLanguage(kind) : title;
}
