/** A file that cannot be imported, and what has to be said of it. */
export interface BadFile {
  readonly name: string;
  readonly bytes: () => Buffer;
  /** The code of the reason. */
  readonly reason: string;
  /** The line, and the column or the place within it; null of what is about all of the file, or of a whole line. */
  readonly line: number | null;
  readonly field: string | null;
  /** What the sentences have to name in every language beside the place: the value at fault, or what there is instead. */
  readonly says?: readonly string[];
  /** What the English sentence says to do. */
  readonly cure: RegExp;
  /** 422 where nothing else is said. */
  readonly status?: number;
  /** Where the file is not to be read as it is recognised. */
  readonly mapping?: object;
}

export const user = (content: unknown) => ({ role: "user", content });
export const assistant = (content: unknown) => ({ role: "assistant", content });
export const good = { prompt: "p", chosen: "a", rejected: "b", annotator: "w" };

/** A line for each row; a text stands as it is. */
export const lines = (...rows: (object | string)[]) =>
  Buffer.from(rows.map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join(""));

/** A bad row behind good ones of the same file. */
export const row = (
  name: string,
  rows: readonly (object | string)[],
  field: string | null,
  reason: string,
  cure: RegExp,
  ...says: string[]
): BadFile => ({ name, bytes: () => lines(...rows), line: rows.length, field, reason, cure, says });

export const table = (...rows: string[]) => Buffer.from(rows.map((row) => `${row}\n`).join(""));

/** Lists or objects so deep within each other. */
export const nestedLists = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
export const nestedObjects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
