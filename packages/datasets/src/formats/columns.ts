import { type ColumnMapping, type Message, Split } from "@touchstone/contracts";
import { completionsOf, type ImportRating, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { asNumber, nameOf, optionalName, textOf, valueAt } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem, mappingProblem } from "../read/line-problem.ts";
import { messagesOf } from "./messages.ts";
import { votesOf } from "./votes.ts";

/** Any JSON Lines file, its columns named by a mapping that `checkMapping` has let through. */
export function readColumns({ line, value }: JsonRow, mapping: ColumnMapping): ImportRow {
  const prompt = promptAt({ line, value }, mapping.prompt);
  const name = (path: string | undefined) =>
    path === undefined ? null : optionalName(valueAt(value, path), line, path);
  const isPair = mapping.a !== undefined || mapping.aId !== undefined;
  const sides = isPair
    ? [
        { id: name(mapping.aId), text: textAt(value, mapping.a, line), path: mapping.aId ?? mapping.a ?? "a" },
        { id: name(mapping.bId), text: textAt(value, mapping.b, line), path: mapping.bId ?? mapping.b ?? "b" },
      ]
    : mapping.completion === undefined
      ? []
      : [{ id: name(mapping.aId), text: textAt(value, mapping.completion, line), path: mapping.completion }];
  for (const { id, text, path } of sides) {
    if (id === null && text === null) throw lineProblem(line, path, "has neither a text nor an id.");
  }
  return {
    ...rowOf(line, prompt),
    itemId: name(mapping.id),
    cluster: name(mapping.cluster),
    split: mapping.split === undefined ? null : splitAt({ line, value }, mapping.split),
    language: name(mapping.language),
    completions: completionsOf(sides),
    votes: isPair ? votesOf({ line, value }, mapping) : [],
    ratings: isPair ? [] : ratingsOf({ line, value }, mapping),
    gold: mapping.gold === undefined ? null : optionalText(valueAt(value, mapping.gold), line, mapping.gold),
  };
}

function promptAt({ line, value }: JsonRow, paths: ColumnMapping["prompt"]): Message[] {
  const list = typeof paths === "string" ? [paths] : (paths ?? []);
  const values = list.map((path) => ({ path, found: valueAt(value, path) }));
  for (const { path, found } of values) {
    if (found === undefined) throw mappingProblem("prompt", `there is no column “${path}”. ${columnsOf(value)}`, line);
  }
  const [only] = values;
  if (values.length === 1 && only && Array.isArray(only.found)) return messagesOf(only.found, line, only.path);
  const texts = values
    .map(({ path, found }) => optionalText(found, line, path) ?? "")
    .filter((text) => text.trim() !== "");
  if (texts.length === 0) throw lineProblem(line, list.join(" + "), "must not be empty.");
  return [{ role: "user", content: textOf(texts.join("\n\n"), line, list.join(" + ")) }];
}

/** Every row says it, so that no row of a published test set slips into training unseen. */
function splitAt({ line, value }: JsonRow, path: string): Split {
  const found = valueAt(value, path);
  if (found === undefined) throw mappingProblem("split", `there is no column “${path}”. ${columnsOf(value)}`, line);
  const split = Split.safeParse(found);
  if (split.success) return split.data;
  const given = JSON.stringify(found).slice(0, 40);
  throw lineProblem(line, path, `must be one of ${Split.options.join(", ")}, and is ${given}.`);
}

function ratingsOf({ line, value }: JsonRow, mapping: ColumnMapping): ImportRating[] {
  if (mapping.score === undefined) return [];
  const found = valueAt(value, mapping.score);
  if (found === undefined || found === null || found === "") return [];
  const score = asNumber(found);
  if (score === undefined || !Number.isInteger(score) || score < 1 || score > 5) {
    throw lineProblem(
      line,
      mapping.score,
      "must be a whole number from 1 to 5. Bring other scales to these five first.",
    );
  }
  const annotator =
    mapping.annotator === undefined ? null : nameOf(valueAt(value, mapping.annotator), line, mapping.annotator);
  return [{ annotator: annotator ?? unnamedAnnotator, completion: 0, score }];
}

function textAt(row: JsonRow["value"], path: string | undefined, line: number): string | null {
  return path === undefined ? null : optionalText(valueAt(row, path), line, path);
}

function optionalText(value: unknown, line: number, path: string): string | null {
  return value === undefined || value === null ? null : textOf(value, line, path);
}

function columnsOf(row: JsonRow["value"]): string {
  return `The row has ${Object.keys(row).slice(0, 30).join(", ") || "no columns"}.`;
}
