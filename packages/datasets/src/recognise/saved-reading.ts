import type { AnswersTogether } from "@touchstone/contracts";
import type { ImportSource } from "../formats/import-source.ts";

/** A way of reading that somebody saved under a name, for files with just these columns. */
export interface SavedReading {
  readonly id: string;
  readonly name: string;
  /** The names of the file's own columns, in any order. */
  readonly header: readonly string[];
  readonly source: ImportSource;
  /** The questionnaire, where it was chosen. */
  readonly asked: SavedQuestion | null;
}

interface SavedQuestion {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly together?: AnswersTogether | undefined;
}

/** The newest of the saved readings that is for exactly these columns: they come newest first. */
export function readingFor(header: ReadonlySet<string>, saved: readonly SavedReading[]): SavedReading | undefined {
  return saved.find((one) => one.header.length === header.size && one.header.every((name) => header.has(name)));
}
