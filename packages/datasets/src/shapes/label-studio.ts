import type { ColumnRole } from "@touchstone/contracts";
import { isAbsent } from "../formats/origin.ts";
import { completionsOf, type ImportRating, type ImportRow, type ImportVote, rowOf } from "../import-row.ts";
import { textOf } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { nameIn, objectAt, objectsAt, wholeAt } from "./reading.ts";
import type { Shape } from "./shape.ts";
import { annotatorOf, answerFields, askedFields, pairFields, shownIn, type ToolTask, voteFor } from "./tool-fields.ts";

const inData = (names: readonly string[], role: ColumnRole) =>
  Object.fromEntries(names.map((name) => [`data.${name}`, role]));

/**
 * Label Studio's export of tasks (JSON): pairwise choices and choices of one of two answers as votes, stars of one answer as
 * ratings, texts as the reason. A cancelled annotation is no judgement.
 */
export const labelStudio: Shape = {
  format: "label-studio",
  roles: {
    ...{ id: "id", annotations: "vote" },
    ...inData(askedFields, "prompt"),
    ...inData([...pairFields.flat(), ...answerFields], "answer"),
  },
  entries: { annotations: ["result", "completed_by", "was_cancelled"] },
  // Tasks that were written for it, as our export is, do not say whose annotation it is.
  matches: (file) =>
    file.within("data") &&
    ["completed_by", "was_cancelled"].some((name) => file.hasEntries("annotations", "result", name)),
  read: readTask,
};

function readTask(row: JsonRow): ImportRow {
  const { line, value } = row;
  const task = shownIn(objectAt(value.data, line, "data"), line, "data");
  const annotations = isAbsent(value.annotations) ? [] : objectsAt(value.annotations, line, "annotations");
  const said = annotations.flatMap((annotation, index) =>
    annotation.was_cancelled === true ? [] : [saidIn(annotation, task, line, `annotations.${index}`)],
  );
  return {
    ...rowOf(line, task.prompt),
    itemId: nameIn(row, "id"),
    completions: completionsOf(task.answers.map(({ text }) => ({ id: null, text }))),
    votes: said.flatMap(({ votes }) => votes),
    ratings: said.flatMap(({ ratings }) => ratings),
  };
}

interface Said {
  readonly votes: ImportVote[];
  readonly ratings: ImportRating[];
}

function saidIn(annotation: JsonRow["value"], task: ToolTask, line: number, at: string): Said {
  const { completed_by: by } = annotation;
  const annotator = annotatorOf(isObject(by) ? (by.email ?? by.id) : by);
  const results = objectsAt(annotation.result, line, `${at}.result`);
  const votes: Omit<ImportVote, "annotator">[] = [];
  const ratings: Omit<ImportRating, "annotator">[] = [];
  const comments: string[] = [];
  for (const [index, { type, value }] of results.entries()) {
    const field = `${at}.result.${index}.value`;
    const given = objectAt(value, line, field);
    if (type === "textarea") comments.push(...textsIn(given.text, line, `${field}.text`));
    else if (type === "pairwise") votes.push(voteFor(given.selected, task, line, `${field}.selected`));
    else if (type === "choices" && Array.isArray(given.choices) && task.answers.length === 2) {
      votes.push(voteFor(given.choices[0], task, line, `${field}.choices`));
    } else if (type === "rating" && task.answers.length === 1) {
      ratings.push({ completion: 0, score: wholeAt(given.rating, line, `${field}.rating`, 1, 5) });
    } else throw lineProblem(line, `${at}.result.${index}.type`, "toolResult", { said: String(type).slice(0, 40) });
  }
  const comment = comments.length === 0 ? {} : { comment: comments.join("\n\n") };
  return {
    votes: votes.map((vote) => ({ annotator, ...vote, ...comment })),
    ratings: ratings.map((rating) => ({ annotator, ...rating, ...comment })),
  };
}

function textsIn(value: unknown, line: number, field: string): string[] {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  return texts.map((text) => textOf(text, line, field)).filter((text) => text.trim() !== "");
}
