import type { ColumnMapping } from "@touchstone/contracts";
import { answerPlace, placeBeside, usualNames } from "./names.ts";
import { type ColumnProfile, isAll } from "./profile.ts";
import type { SideNames } from "./vote-values.ts";

/** How the answers of a file lie in its rows. */
export interface FoundAnswers {
  readonly shape: "chosenRejected" | "twoAnswers" | "manyAnswers" | "answerList" | "oneAnswer";
  readonly mapping: ColumnMapping;
  /** The columns the answers are in. */
  readonly columns: readonly ColumnProfile[];
  /** What votes may call the two sides. */
  readonly sides: SideNames;
}

export type Columns = readonly ColumnProfile[];

/** The first column that has one of these names, in the names' order, and passes. */
export function named(
  columns: Columns,
  names: readonly string[],
  passes: (column: ColumnProfile) => boolean = () => true,
): ColumnProfile | undefined {
  for (const name of names) {
    const found = columns.find((column) => column.plain === name && column.rows > 0 && passes(column));
    if (found) return found;
  }
  return undefined;
}

const isAnswerLike = (column: ColumnProfile) => isAll(column, "text", "number", "boolean", "turns");
const none: SideNames = { a: [], b: [] };

/** The answers of a file by the names of its columns and by what they hold, likeliest shape first. */
export function findAnswers(columns: Columns): FoundAnswers | null {
  return (
    chosenAndRejected(columns) ??
    wideAnswers(columns) ??
    listedAnswers(columns) ??
    oneAnswer(columns) ??
    answersById(columns)
  );
}

function chosenAndRejected(columns: Columns): FoundAnswers | null {
  const better = named(columns, usualNames.better, isAnswerLike);
  const worse = named(columns, usualNames.worse, isAnswerLike);
  // A conversation that ends with the better answer, and the worse one beside it.
  const whole = better ? undefined : named(columns, ["messages", "conversations"], endsWithAnswers);
  const a = better ?? whole;
  if (!a || !worse) return null;
  return {
    shape: "chosenRejected",
    mapping: { a: a.path, b: worse.path, winner: "a" },
    columns: [a, worse],
    sides: none,
  };
}

function endsWithAnswers(column: ColumnProfile): boolean {
  return isAll(column, "turns") && column.endWithAnswer === column.rows;
}

interface Place {
  readonly column: ColumnProfile;
  readonly place: string;
}

/** Columns of one family that differ by a number or a letter; the family with the most of them. */
function wideAnswers(columns: Columns): FoundAnswers | null {
  const families = new Map<string, Place[]>();
  for (const column of columns) {
    const found = column.rows > 0 && isAnswerLike(column) ? answerPlace(column.plain) : null;
    if (!found) continue;
    const folder = column.path.slice(0, column.path.length - (column.path.split(".").at(-1)?.length ?? 0));
    const family = `${folder}${found.family}`;
    families.set(family, [...(families.get(family) ?? []), { column, place: found.place }]);
  }
  const [largest] = [...families.values()].filter(({ length }) => length >= 2).sort((x, y) => y.length - x.length);
  if (!largest) return null;
  const places = largest.toSorted((x, y) => x.place.localeCompare(y.place, "en", { numeric: true }));
  const paths = places.map(({ column }) => column.path);
  const models = places.map(({ place }) => beside(columns, "model", place));
  const [a, b] = places;
  if (places.length > 2 || !a || !b) {
    const all = models.every((model) => model !== undefined) ? models.map((model) => model.path) : [];
    return {
      shape: "manyAnswers",
      mapping: { answers: all.length > 0 ? { columns: paths, models: all } : { columns: paths } },
      columns: places.map(({ column }) => column),
      sides: none,
    };
  }
  const [aModel, bModel] = models;
  const [aId, bId] = [a, b].map(({ place }) => beside(columns, "id", place));
  return {
    shape: "twoAnswers",
    mapping: {
      a: a.column.path,
      b: b.column.path,
      ...(aModel && bModel ? { aModel: aModel.path, bModel: bModel.path } : {}),
      ...(aId && bId ? { aId: aId.path, bId: bId.path } : {}),
    },
    columns: [a.column, b.column],
    sides: { a: [a.place, a.column.plain], b: [b.place, b.column.plain] },
  };
}

function beside(columns: Columns, about: "model" | "id", place: string): ColumnProfile | undefined {
  return columns.find(
    (column) => column.rows > 0 && isAll(column, "text", "number") && placeBeside(column.plain, about) === place,
  );
}

function listedAnswers(columns: Columns): FoundAnswers | null {
  const list = named(columns, usualNames.list, (column) => isAll(column, "texts", "objects"));
  if (!list) return null;
  const found = { shape: "answerList", columns: [list], sides: none } as const;
  if (isAll(list, "texts")) return { ...found, mapping: { answers: { list: list.path } } };
  if (!isAll(list, "objects")) return null;
  const entries = [...list.entries.values()];
  const text = named(entries, usualNames.listText, isAnswerLike);
  if (!text) return null;
  const model = named(entries, usualNames.model, (column) => isAll(column, "text", "number"));
  const score = named(entries, usualNames.score, isScore);
  return {
    ...found,
    mapping: {
      answers: {
        list: list.path,
        text: text.path,
        ...(model ? { model: model.path } : {}),
        ...(score ? { score: score.path } : {}),
      },
    },
  };
}

function oneAnswer(columns: Columns): FoundAnswers | null {
  const answer =
    named(columns, usualNames.answer, isAnswerLike) ?? named(columns, ["messages", "conversations"], endsWithAnswers);
  if (!answer) return null;
  return { shape: "oneAnswer", mapping: { completion: answer.path }, columns: [answer], sides: none };
}

/** Two answers that the project knows already: rows of votes name them by their ids, without the texts. */
function answersById(columns: Columns): FoundAnswers | null {
  const ids = columns.flatMap((column) => {
    const place = isAll(column, "text", "number") ? placeBeside(column.plain, "id") : null;
    return place === null ? [] : [{ column, place }];
  });
  const [a, b, ...more] = ids.toSorted((x, y) => x.place.localeCompare(y.place, "en", { numeric: true }));
  if (!a || !b || more.length > 0) return null;
  return {
    shape: "twoAnswers",
    mapping: { aId: a.column.path, bId: b.column.path },
    columns: [a.column, b.column],
    sides: { a: [a.place, a.column.plain], b: [b.place, b.column.plain] },
  };
}

/** Whole numbers of our scale; another scale is not guessed. */
export function isScore(column: ColumnProfile): boolean {
  return (
    !column.manyValues &&
    column.integers &&
    column.values.size > 0 &&
    [...column.values.keys()].every((value) => Number(value) >= 1 && Number(value) <= 5)
  );
}
