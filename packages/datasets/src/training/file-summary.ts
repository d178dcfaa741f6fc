import { unreadColumns } from "./columns-read.ts";
import type { TrainingLine } from "./training-lines.ts";
import type { TrainingRow } from "./training-row.ts";

type Kind = TrainingRow["kind"];

/** What a training file was taken for: its rows by what they are, and the columns that nothing is taken from. */
export class FileSummary {
  /** Rows of the file, of which some come down to several rows to train on. */
  rows = 0;
  /** In how many rows each column stands that nothing is taken from. */
  readonly unread = new Map<string, number>();
  readonly #kinds = new Map<string, { kinds: ReadonlySet<Kind>; rows: number }>();

  add({ json, rows }: TrainingLine): void {
    this.rows += 1;
    for (const name of unreadColumns(json, rows)) this.unread.set(name, (this.unread.get(name) ?? 0) + 1);
    const kinds = new Set(rows.map(({ kind }) => kind));
    const key = [...kinds].join();
    const known = this.#kinds.get(key) ?? { kinds, rows: 0 };
    known.rows += 1;
    this.#kinds.set(key, known);
  }

  /** How many rows of the file say something of each kind. */
  byKind(): ReadonlyMap<Kind, number> {
    const counts = new Map<Kind, number>();
    for (const { kinds, rows } of this.#kinds.values()) {
      for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + rows);
    }
    return counts;
  }

  /** How many rows of the file say something of one of these kinds. */
  rowsOf(wanted: readonly Kind[]): number {
    const used = [...this.#kinds.values()].filter(({ kinds }) => wanted.some((kind) => kinds.has(kind)));
    return used.reduce((sum, { rows }) => sum + rows, 0);
  }
}
