import type { PreservedColumns } from "@touchstone/datasets";
import type { ColumnReport } from "./report.ts";

/** Counts in how many rows each column stands that trainers don't read. */
export class ColumnTally {
  readonly #kept = new Map<string, number>();
  readonly #lost = new Map<string, number>();

  add({ kept, lost }: PreservedColumns): void {
    for (const name of Object.keys(kept)) this.#kept.set(name, (this.#kept.get(name) ?? 0) + 1);
    for (const name of lost) this.#lost.set(name, (this.#lost.get(name) ?? 0) + 1);
  }

  report(): ColumnReport {
    return { kept: Object.fromEntries(this.#kept), lost: Object.fromEntries(this.#lost) };
  }
}
