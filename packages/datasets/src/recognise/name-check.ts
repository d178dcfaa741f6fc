import type { ReceiptWarning } from "@touchstone/contracts";
import { closest } from "fastest-levenshtein";
import type { ImportSource } from "../formats/import-source.ts";
import { valueAt } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { namedColumns, namedEntries } from "./roles.ts";

/** Names shown with a warning; a file may have hundreds. */
const mostNames = 30;

/** Whether every name of a mapping is found in at least one row: a name that no row has is a slip, and never nothing. */
export class NameCheck {
  readonly #columns: { field: string; path: string; list?: string }[];
  readonly #missing: Set<{ field: string; path: string; list?: string }>;
  readonly #entryNames = new Map<string, Set<string>>();

  constructor(source: ImportSource) {
    const isMapped = source.format === "columns";
    const columns = isMapped ? namedColumns(source).filter(({ field }) => field !== "ignore") : [];
    this.#columns = [...columns.map(({ field, path }) => ({ field, path })), ...(isMapped ? namedEntries(source) : [])];
    this.#missing = new Set(this.#columns);
  }

  add({ value }: JsonRow): void {
    for (const named of this.#missing) {
      if (isThere(value, named)) this.#missing.delete(named);
      else if (named.list !== undefined) this.#noteEntries(value, named.list);
    }
  }

  /** `columns` are the names that there are. */
  warnings(columns: readonly string[]): ReceiptWarning[] {
    return [...this.#missing].map(({ field, path, list }) => {
      const known = list === undefined ? columns : [...(this.#entryNames.get(list) ?? [])];
      return {
        code: "unknownColumn",
        weight: "stop",
        values: {
          field,
          column: path,
          nearest: known.length === 0 ? "" : closest(path, [...known]),
          known: known.slice(0, mostNames).join(", "),
        },
        lines: [],
      };
    });
  }

  #noteEntries(row: JsonRow["value"], list: string): void {
    const names = this.#entryNames.get(list) ?? new Set();
    this.#entryNames.set(list, names);
    const entries = valueAt(row, list);
    if (!Array.isArray(entries)) return;
    for (const entry of entries) {
      if (isObject(entry) && names.size < mostNames) for (const name of Object.keys(entry)) names.add(name);
    }
  }
}

function isThere(row: JsonRow["value"], { path, list }: { path: string; list?: string }): boolean {
  if (list === undefined) return valueAt(row, path) !== undefined;
  const entries = valueAt(row, list);
  return Array.isArray(entries) && entries.some((entry) => isObject(entry) && valueAt(entry, path) !== undefined);
}
