/** What a column holds. `json` is whatever has no form of its own, as the text of its JSON. */
export type ColumnType =
  | "text"
  | "number"
  | "integer"
  | "boolean"
  | "json"
  | { readonly list: ColumnType }
  | { readonly fields: Readonly<Record<string, ColumnType>> };

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

export type ExportedRow = Readonly<Record<string, unknown>>;

/** The columns of a table by their names, in order. */
export const columnsFrom = (types: Readonly<Record<string, ColumnType>>): Column[] =>
  Object.entries(types).map(([name, type]) => ({ name, type }));

/**
 * Sees to it that a table loses nothing of a row. @throws Error where a row has a column that was not declared: a fault of
 * this program.
 */
export function assertDeclared(row: ExportedRow, declared: ReadonlySet<string>): void {
  for (const name of Object.keys(row)) {
    if (!declared.has(name)) throw new Error(`The column ${name} of an export was not declared.`);
  }
}
