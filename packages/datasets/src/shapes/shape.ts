import type { BroughtName, ColumnRole, ImportFormat, StandardName } from "@touchstone/contracts";
import type { MarginScale } from "../formats/margin-scale.ts";
import type { ImportRow } from "../import-row.ts";
import type { JsonRow } from "../read/json-rows.ts";
import type { ColumnProfile, ValueKind } from "../recognise/profile.ts";

/** A shape in which data sets of the field are published or written, read by its own rules. */
export interface Shape {
  readonly format: ImportFormat;
  /** What becomes of its columns, by path. Of those that are not named here nothing is taken, and the receipt says so. */
  readonly roles: Readonly<Record<string, ColumnRole>>;
  /** Of its lists of objects the keys that are taken. */
  readonly entries?: Readonly<Record<string, readonly string[]>>;
  /** What people are asked about its rows, unless somebody chooses. */
  readonly question?: (file: FileLook) => StandardName | BroughtName;
  /** Whether a file is of this shape, by the names of its columns and by what they hold. */
  readonly matches: (file: FileLook) => boolean;
  /**
   * @param margins of a shape with margins, what they are in the whole file
   * @throws DomainError invalid_line
   */
  readonly read: (row: JsonRow, margins?: MarginScale) => ImportRow;
  /** Of a shape whose rows hold several prompts: each as a row of its own. A row that can't be taken apart stays whole. */
  readonly expand?: (row: JsonRow) => JsonRow[];
}

/** What a shape can ask of a file after all its rows. */
export class FileLook {
  readonly #columns = new Map<string, ColumnProfile>();

  constructor(columns: readonly ColumnProfile[]) {
    for (const column of columns) if (column.rows > 0) this.#columns.set(column.path, column);
  }

  /** Whether all of these columns hold something in some row. */
  has(...paths: readonly string[]): boolean {
    return paths.every((path) => this.#columns.has(path));
  }

  /** Whether a column lies at this path or within it. */
  within(folder: string): boolean {
    return [...this.#columns.keys()].some((path) => path === folder || path.startsWith(`${folder}.`));
  }

  /** Whether a column is there whose path ends so. */
  ends(ending: string): boolean {
    return [...this.#columns.keys()].some((path) => path.endsWith(ending));
  }

  /** The first of these columns that is there. */
  first(...paths: readonly string[]): string | undefined {
    return paths.find((path) => this.#columns.has(path));
  }

  /** Whether most rows have one of these there: the others are refused by name, and are no reason to read all in another way. */
  is(path: string, ...kinds: readonly ValueKind[]): boolean {
    const column = this.#columns.get(path);
    if (column === undefined) return false;
    const fitting = kinds.reduce((rows, kind) => rows + (column.kinds.get(kind) ?? 0), 0);
    return 2 * fitting >= column.rows;
  }

  /** Whether entries of this list of objects have all of these keys. */
  hasEntries(list: string, ...keys: readonly string[]): boolean {
    const column = this.#columns.get(list);
    return column !== undefined && keys.every((key) => column.entries.has(key));
  }

  /** Whether most rows say one of these there, whatever its case; the others are refused by name. */
  says(path: string, ...words: readonly string[]): boolean {
    const column = this.#columns.get(path);
    if (column === undefined || column.manyValues) return false;
    let said = 0;
    for (const [value, rows] of column.values) if (words.includes(value.trim().toLowerCase())) said += rows;
    return said > 0 && 2 * said >= column.rows;
  }
}
