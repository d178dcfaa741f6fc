import type { Question, QuestionnaireView, TranslationView } from "@touchstone/contracts";

/** Every text in a list within some settings: options, aspects and what else has a name that people read. */
function namesIn(value: unknown, inList = false): string[] {
  if (typeof value === "string") return inList ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => namesIn(one, true));
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((one) => namesIn(one, inList));
}

const wordsOfQuestion = ({ title, settings }: Question): string[] => [
  ...(title === "" ? [] : [title]),
  ...namesIn(settings),
];

/** What a project's questions say in words of their own, each once, in the order in which they are asked. */
export function wordsOf(questionnaires: readonly QuestionnaireView[]): string[] {
  return [...new Set(questionnaires.flatMap(({ questions }) => questions.flatMap(wordsOfQuestion)))];
}

/** Translated words that nothing asks any more: tasks of an earlier version may, so they stay. */
export function wordsOfBefore(words: TranslationView["words"], asked: readonly string[]): TranslationView["words"] {
  return words.filter(({ of }) => !asked.includes(of));
}
