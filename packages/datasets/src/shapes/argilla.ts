import type { ColumnRole } from "@touchstone/contracts";
import { isAbsent } from "../formats/origin.ts";
import { completionsOf, type ImportRating, type ImportRow, type ImportVote, rowOf } from "../import-row.ts";
import { asNumber, quoted } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { judgedByRanks } from "./ranks.ts";
import { nameIn, objectAt, objectsAt, wholeAt } from "./reading.ts";
import type { Shape } from "./shape.ts";
import { annotatorOf, answerFields, askedFields, pairFields, shownIn, type ToolTask, voteFor } from "./tool-fields.ts";

const inFields = (names: readonly string[], role: ColumnRole) =>
  Object.fromEntries(names.map((name) => [`fields.${name}`, role]));

/**
 * Argilla's records (to_list): labels and rankings of two answers as votes, whole numbers of one answer as ratings, texts as the
 * reason. One question of each kind.
 */
export const argilla: Shape = {
  format: "argilla",
  roles: {
    ...{ id: "id", responses: "vote" },
    ...inFields(askedFields, "prompt"),
    ...inFields([...pairFields.flat(), ...answerFields], "answer"),
  },
  // Flattened ones are taken for records too, so that they are refused by name.
  matches: (file) => (file.within("fields") && file.within("responses")) || file.ends(flatEnding),
  read: readRecord,
};

/** How the column of a question's annotators is called where records are flattened (to_datasets). */
const flatEnding = ".responses.users";

function readRecord(row: JsonRow): ImportRow {
  const { line, value } = row;
  const flat = Object.keys(value).find((name) => name.endsWith(flatEnding));
  if (flat !== undefined) throw lineProblem(line, flat, "argillaFlat");
  const task = shownIn(objectAt(value.fields, line, "fields"), line, "fields");
  const completions = completionsOf(task.answers.map(({ text }) => ({ id: null, text })));
  const said = Object.entries(isAbsent(value.responses) ? {} : objectAt(value.responses, line, "responses")).flatMap(
    ([question, responses]) => responsesOf(responses, line, `responses.${question}`),
  );
  const comments = new Map<string, string[]>();
  const votes: ImportVote[] = [];
  const ratings: ImportRating[] = [];
  for (const { annotator, value: given, field } of said) {
    if (Array.isArray(given)) {
      votes.push(...judgedByRanks(completions, ranksIn(given, task, line, field), { annotator }, line, field).votes);
    } else if (task.answers.length === 1 && asNumber(given) !== undefined) {
      ratings.push({ annotator, completion: 0, score: wholeAt(given, line, field, 1, 5) });
    } else if (typeof given === "string" && isProse(given)) {
      comments.set(annotator, [...(comments.get(annotator) ?? []), given]);
    } else votes.push({ annotator, ...voteFor(given, task, line, field) });
  }
  const seen = new Set<string>();
  for (const { annotator } of [...votes, ...ratings]) {
    if (seen.has(annotator)) throw lineProblem(line, "responses", "toolTwoQuestions", { name: annotator });
    seen.add(annotator);
  }
  const withComment = <Judged extends { annotator: string }>(judged: Judged) => {
    const why = comments.get(judged.annotator);
    return { ...judged, ...(why === undefined ? {} : { comment: why.join("\n\n") }) };
  };
  return {
    ...rowOf(line, task.prompt),
    itemId: nameIn(row, "id"),
    completions,
    votes: votes.map(withComment),
    ratings: ratings.map(withComment),
  };
}

function responsesOf(value: unknown, line: number, field: string) {
  return objectsAt(value, line, field).flatMap(({ value: given, user_id: user, status }, index) =>
    // Discarded and draft responses are none that anybody has given.
    isAbsent(given) || (typeof status === "string" && status !== "submitted")
      ? []
      : [{ annotator: annotatorOf(user), value: given as unknown, field: `${field}.${index}.value` }],
  );
}

/** Words between blanks: no name of an answer or a choice. */
function isProse(text: string): boolean {
  return text.trim().split(/\s+/).length > 3;
}

/** A ranking as Argilla has it: names in order, or each with its rank. */
function ranksIn(given: readonly unknown[], { answers }: ToolTask, line: number, field: string): (number | null)[] {
  const places = given.map((entry, index) =>
    isObject(entry)
      ? { name: entry.value, rank: wholeAt(entry.rank, line, `${field}.${index}.rank`, 1, 100) }
      : { name: entry, rank: index + 1 },
  );
  const stray = places.find(({ name }) => answers.every((answer) => answer.name !== name));
  if (stray !== undefined) {
    const known = answers.map(({ name }) => name).join(", ");
    throw lineProblem(line, field, "voteForNone", { said: quoted(stray.name), known });
  }
  return answers.map(({ name }) => places.find((place) => place.name === name)?.rank ?? null);
}
