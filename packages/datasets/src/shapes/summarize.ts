import type { Split } from "@touchstone/contracts";
import { isAbsent } from "../formats/origin.ts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { optionalName, quoted, textOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { isObject } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { nameIn, objectAt, objectsAt, optionalText, wholeAt } from "./reading.ts";
import type { Shape } from "./shape.ts";

const axes = ["overall", "accuracy", "coverage", "coherence"] as const;
/** As published; both parts of the validation set are one here. */
const splits: Readonly<Record<string, Split>> = {
  ...{ train: "train", test: "test", valid1: "validation", valid2: "validation", valid: "validation" },
};

/**
 * OpenAI's summarize-from-feedback: two summaries of a post and a choice between them, or one summary with four axes from 1 to 7.
 * Summaries of one post never cross splits.
 */
export const summarize: Shape = {
  format: "summarize",
  roles: {
    ...{ "info.id": "cluster", "info.post": "prompt", "info.article": "prompt", "info.title": "prompt" },
    ...{ summaries: "answer", summary: "answer", choice: "vote", worker: "annotator", split: "split" },
    ...{ "summary.text": "answer", "summary.policy": "model", "summary.note": "kept", "summary.axes": "score" },
  },
  entries: { summaries: ["text", "policy", "note"] },
  matches: (file) =>
    (file.has("choice") && file.hasEntries("summaries", "text") && file.within("info")) ||
    (file.within("info") && file.has("summary.text") && file.within("summary.axes")),
  read: readSummaries,
};

function readSummaries(row: JsonRow): ImportRow {
  const { line, value } = row;
  const info = objectAt(value.info, line, "info");
  const isPair = !isAbsent(value.summaries);
  const field = isPair ? "summaries" : "summary";
  const summaries = isPair ? objectsAt(value.summaries, line, "summaries") : [objectAt(value.summary, line, "summary")];
  const at = (index: number) => (isPair ? `summaries.${index}` : field);
  const completions = completionsOf(
    summaries.map(({ text, policy }, index) => ({
      id: null,
      text: textOf(text, line, `${at(index)}.text`).trim(),
      model: optionalName(policy, line, `${at(index)}.policy`),
    })),
  );
  const notes = summaries.flatMap(({ note }, index) => optionalText(note, line, `${at(index)}.note`) ?? []);
  const annotator = nameIn(row, "worker") ?? unnamedAnnotator;
  const said = { annotator, ...(notes.length > 0 ? { comment: notes.join("\n\n") } : {}) };
  const base = {
    ...rowOf(line, [{ role: "user", content: postOf(info, line) }]),
    cluster: optionalName(info.id, line, "info.id"),
    split: splitAt(value.split, line),
    completions,
  };
  if (!isPair) return { ...base, judgements: axesOf(summaries[0]?.axes, said, line) };
  if (completions.length !== 2) throw lineProblem(line, "summaries", "twoComparedAnswers");
  const choice = wholeAt(value.choice, line, "choice", 0, 1);
  return { ...base, votes: [{ ...said, outcome: choice === 0 ? 2 : -2 }] };
}

function postOf(info: JsonRow["value"], line: number): string {
  const title = optionalText(info.title, line, "info.title");
  const field = isAbsent(info.post) ? "article" : "post";
  const post = textOf(info[field], line, `info.${field}`);
  if (post.trim() === "") throw lineProblem(line, `info.${field}`, "empty");
  return title === null ? post : `${title}\n\n${post}`;
}

function axesOf(value: unknown, said: { annotator: string; comment?: string }, line: number) {
  if (!isObject(value)) return [];
  const given = axes.flatMap((axis) =>
    isAbsent(value[axis]) ? [] : [{ axis, score: wholeAt(value[axis], line, `summary.axes.${axis}`, 1, 7) }],
  );
  if (given.length === 0) return [];
  return [
    {
      ...said,
      questionnaire: "summary-axes" as const,
      sides: [0],
      answer: { ratings: Object.fromEntries(given.map(({ axis, score }) => [axis, [score]])) },
    },
  ];
}

function splitAt(value: unknown, line: number): Split | null {
  if (isAbsent(value)) return null;
  const split = typeof value === "string" ? splits[value] : undefined;
  if (split !== undefined) return split;
  throw lineProblem(line, "split", "unknownSplitSaid", { splits: Object.keys(splits).join(", "), said: quoted(value) });
}
