import { DomainError } from "@touchstone/contracts";
import type { ImportSource } from "../formats/import-source.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { type FileKind, openRows } from "../read/read-rows.ts";
import { tasksOf } from "../read-import.ts";

/** A file that can be read more than once. */
export interface FileToImport {
  read(): AsyncIterable<Uint8Array>;
  readonly sha256: string;
}

interface Told {
  readonly onKind?: (kind: FileKind) => void;
  readonly onApostrophe?: (line: number) => void;
}

/** @returns why the file cannot be read to its end, or null. */
export async function readAll(
  file: FileToImport,
  use: (row: JsonRow) => void,
  source?: ImportSource,
  { onKind, onApostrophe }: Told = {},
): Promise<DomainError | null> {
  try {
    const { kind, rows } = await openRows(file.read(), { onApostrophe });
    onKind?.(kind);
    for await (const row of source ? tasksOf(source, rows) : rows) use(row);
    return null;
  } catch (error) {
    if (error instanceof DomainError && error.code === "invalid_line") return error;
    throw error;
  }
}
