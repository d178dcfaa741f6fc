import type { Question } from "@touchstone/contracts";
import type { ReaderTexts } from "@touchstone/persistence";

/** Every text within some settings: names of options and aspects, and what else a kind is told by its words. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/**
 * A task as a reader of another language is shown it: titles in their language, and beside the names that answers hold what
 * is to be read in their place. The names themselves stay: an answer is the same in every language.
 */
export function inLanguage<Task extends { readonly questions: Question[] }>(
  task: Task,
  texts: ReaderTexts | null,
): Task {
  if (texts === null || texts.words.size === 0) return task;
  const translate = (question: Question): Question => {
    const labels = textsIn(question.settings).flatMap((name) => {
      const says = texts.words.get(name);
      return says === undefined ? [] : [[name, says] as const];
    });
    const title = texts.words.get(question.title) ?? question.title;
    return { ...question, title, ...(labels.length > 0 ? { labels: Object.fromEntries(labels) } : {}) };
  };
  return { ...task, questions: task.questions.map(translate) };
}
