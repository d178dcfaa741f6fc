import { turnsOf, unreadIn } from "../formats/conversation.ts";
import { looksLikeJson } from "../formats/json-columns.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { jsonText } from "../read/json-text.ts";
import { isExactNumber } from "../read/json-value.ts";
import { plainName } from "./names.ts";

export type ValueKind = "text" | "number" | "boolean" | "texts" | "turns" | "objects" | "other";

/** What is known of one column after all rows: enough to say what it is, and no more than fits any file. */
export interface ColumnProfile {
  readonly path: string;
  /** The name without its folders, in one spelling. */
  readonly plain: string;
  /** In how many rows it holds something. */
  rows: number;
  readonly kinds: Map<ValueKind, number>;
  example: string;
  /** Its different values as text with their numbers; empty once there were too many. */
  readonly values: Map<string, number>;
  manyValues: boolean;
  integers: boolean;
  /** Of conversations: how many end with an answer. */
  endWithAnswer: number;
  /** Of texts: how many are transcripts of Human and Assistant. */
  transcripts: number;
  /** Of texts: how many are lists or objects in JSON. */
  json: number;
  /** Of lists of objects: the profile of each key of their entries. Of conversations: of each key that no reader takes. */
  readonly entries: Map<string, ColumnProfile>;
}

/** A column with more different values than these holds no votes or scores. */
const mostValues = 40;
/** More columns than any file of rows has; a dictionary by name or id is not profiled to its last key. */
const mostColumns = 400;
const longestExample = 120;
const deepest = 4;

/** What a file is made of, row by row. */
export class FileProfile {
  readonly columns = new Map<string, ColumnProfile>();
  /** The names of the file's own columns. */
  readonly header = new Set<string>();
  rows = 0;
  /** Columns beyond what is kept. */
  overflow = 0;

  add({ value }: JsonRow): void {
    this.rows += 1;
    for (const name of Object.keys(value)) if (this.header.size < mostColumns) this.header.add(name);
    this.#addObject(value, "", 1);
  }

  #addObject(object: JsonRow["value"], folder: string, depth: number): void {
    for (const [name, value] of Object.entries(object)) {
      if (value === undefined) continue;
      const path = folder === "" ? name : `${folder}.${name}`;
      if (isObject(value) && turnsOf(value) === null && depth < deepest && Object.keys(value).length > 0) {
        this.#addObject(value, path, depth + 1);
        continue;
      }
      const column = columnIn(this.columns, path, name);
      if (column) addValue(column, value);
      else this.overflow += 1;
    }
  }
}

/** Columns of the file all of whose texts are JSON, as a table holds what is not flat. */
export function jsonColumns({ columns, header }: FileProfile): string[] {
  return [...columns.values()]
    .filter((column) => header.has(column.path) && isAll(column, "text") && column.json === column.rows)
    .map(({ path }) => path);
}

function columnIn(columns: Map<string, ColumnProfile>, path: string, name: string): ColumnProfile | undefined {
  const known = columns.get(path);
  if (known || columns.size >= mostColumns) return known;
  const column: ColumnProfile = {
    path,
    plain: plainName(name),
    rows: 0,
    kinds: new Map(),
    example: "",
    values: new Map(),
    manyValues: false,
    integers: true,
    endWithAnswer: 0,
    transcripts: 0,
    json: 0,
    entries: new Map(),
  };
  columns.set(path, column);
  return column;
}

function addValue(column: ColumnProfile, value: unknown): void {
  if (isBlank(value)) return;
  column.rows += 1;
  addHeld(column, value);
}

const isBlank = (value: unknown) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

const isSaid = ([, value]: readonly [name: string, value: unknown]) => !isBlank(value);

const objectsIn = (value: unknown) => [value].flat().filter(isObject);

function addHeld(column: ColumnProfile, value: unknown): void {
  const kind = kindOf(value);
  column.kinds.set(kind, (column.kinds.get(kind) ?? 0) + 1);
  if (column.example === "") column.example = exampleOf(value);
  if (kind === "text" && typeof value === "string" && value.includes("\n\nHuman:")) column.transcripts += 1;
  if (kind === "text" && typeof value === "string" && looksLikeJson(value)) column.json += 1;
  if (kind === "turns" && turnsOf(value)?.at(-1)?.role === "assistant") column.endWithAnswer += 1;
  if (kind === "objects") addEntries(column, objectsIn(value).flatMap(Object.entries));
  // Chats have a dozen keys that are blank in most files: only what is said makes a column.
  if (kind === "turns") addEntries(column, objectsIn(value).flatMap(unreadIn).filter(isSaid));
  if (kind === "text" || kind === "number" || kind === "boolean") addScalar(column, String(value));
}

/** What the entries of one row's list hold: whichever of them do, it is one row. */
function addEntries(column: ColumnProfile, entries: readonly (readonly [name: string, value: unknown])[]): void {
  const held = new Set<ColumnProfile>();
  for (const [name, value] of entries) {
    const within = columnIn(column.entries, name, name);
    if (!within || isBlank(value)) continue;
    addHeld(within, value);
    held.add(within);
  }
  for (const within of held) within.rows += 1;
}

function addScalar(column: ColumnProfile, value: string): void {
  if (!/^\s*-?\d+(\.0+)?\s*$/.test(value)) column.integers = false;
  if (column.manyValues) return;
  // A long text is a value of its own; what votes say is short.
  column.values.set(value.slice(0, 100), (column.values.get(value.slice(0, 100)) ?? 0) + 1);
  if (column.values.size <= mostValues) return;
  column.manyValues = true;
  column.values.clear();
}

function kindOf(value: unknown): ValueKind {
  if (typeof value === "string") return "text";
  if (typeof value === "number" || typeof value === "bigint" || isExactNumber(value)) return "number";
  if (typeof value === "boolean") return "boolean";
  if (turnsOf(value) !== null) return "turns";
  if (!Array.isArray(value)) return "other";
  if (value.every((entry) => entry === null || typeof entry === "string")) return "texts";
  return value.every(isObject) ? "objects" : "other";
}

/** The beginning of a value, as far as it is needed to know it again; null of nothing. */
export function exampleAt(value: unknown): string | null {
  return value === undefined || value === null || value === "" ? null : exampleOf(value);
}

function exampleOf(value: unknown): string {
  const text = typeof value === "string" ? value : jsonText(value);
  const short = text.slice(0, longestExample).toWellFormed().replaceAll("\0", "");
  return text.length > longestExample ? `${short}…` : short;
}

/** Whether all of the column's values are of these kinds. */
export function isAll(column: ColumnProfile, ...kinds: readonly ValueKind[]): boolean {
  return column.rows > 0 && [...column.kinds.keys()].every((kind) => kinds.includes(kind));
}
