import { completionsOf, type ImportRow, rowOf } from "../import-row.ts";
import { longestText, optionalName, textOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { messagesOf, promptOf } from "./messages.ts";

/** Prompts without judgements: {prompt | messages, completions?: text[], language?, cluster?, source_text?}. */
export function readPrompts({ line, value }: JsonRow): ImportRow {
  const { prompt, messages, completions = [] } = value;
  if ((prompt === undefined) === (messages === undefined)) {
    throw lineProblem(line, "prompt", "give either prompt or messages.");
  }
  if (!Array.isArray(completions)) throw lineProblem(line, "completions", "must be a list of texts.");
  const texts = completions.map((text: unknown, index) => textOf(text, line, `completions.${index}`));
  // Two equal answers tell nothing: nobody is asked to compare them.
  const different = [...new Set(texts)];
  return {
    ...rowOf(line, prompt === undefined ? messagesOf(messages, line, "messages") : promptOf(prompt, line, "prompt")),
    cluster: optionalName(value.cluster, line, "cluster"),
    language: optionalName(value.language, line, "language"),
    sourceText: value.source_text === undefined ? null : textOf(value.source_text, line, "source_text", longestText),
    completions: completionsOf(different.map((text) => ({ id: null, text }))),
  };
}
