import { completionsOf, type ImportRow, rowOf } from "../import-row.ts";
import { optionalName, textOf } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { messagesOf, promptOf } from "./messages.ts";
import { isAbsent, itemOf } from "./origin.ts";

/** The columns that `readPrompts` reads; a receipt names all others. */
export const promptsColumns: readonly string[] = [
  ...["prompt", "messages", "completions", "external_id", "gold", "cluster", "split", "language", "source_text"],
  "sensitive",
  "prompt_id",
];

/**
 * Prompts without judgements: {prompt | messages, completions?, language?, cluster?, split?, source_text?}. A completion
 * is a text, or {text, id?, model?}.
 */
export function readPrompts({ line, value }: JsonRow): ImportRow {
  const { prompt, messages } = value;
  if (isAbsent(prompt) === isAbsent(messages)) throw lineProblem(line, "prompt", "promptOrMessages");
  const completions = value.completions ?? [];
  if (!Array.isArray(completions)) throw lineProblem(line, "completions", "textList");
  const answers = completions.map((item: unknown, index) => answerOf(item, line, `completions.${index}`));
  // Two equal answers tell nothing: nobody is asked to compare them.
  const different = answers.filter(
    (answer, index) => answer.id !== null || answers.findIndex(({ text }) => text === answer.text) === index,
  );
  return {
    ...rowOf(line, isAbsent(prompt) ? messagesOf(messages, line, "messages") : promptOf(prompt, line, "prompt")),
    ...itemOf({ line, value }),
    completions: completionsOf(different),
    repeatedAnswers: answers.length - different.length,
  };
}

function answerOf(item: unknown, line: number, field: string) {
  if (!isObject(item)) return { id: null, text: textOf(item, line, field), model: null };
  return {
    id: optionalName(item.id, line, `${field}.id`),
    text: textOf(item.text, line, `${field}.text`),
    model: optionalName(item.model, line, `${field}.model`),
  };
}
