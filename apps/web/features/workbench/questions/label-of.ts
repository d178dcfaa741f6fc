import type { Question } from "@touchstone/contracts";

/** What is shown in place of a name that answers hold, such as an option: in the reader's language, where there is a word. */
export function labelOf({ labels }: Pick<Question, "labels">, name: string): string {
  return labels && Object.hasOwn(labels, name) ? (labels[name] ?? name) : name;
}
