import type { Tell } from "./item.ts";

/** What one step did, and why. */
export interface StepReport {
  readonly step: string;
  /** Rows that came in. */
  readonly rows: number;
  readonly changed: number;
  readonly dropped: number;
  /** The most frequent first. A row may be changed for several. */
  readonly reasons: readonly ReasonReport[];
}

export interface ReasonReport {
  readonly reason: string;
  readonly effect: "changed" | "dropped";
  readonly rows: number;
  /** The first few rows, by file and line. */
  readonly examples: readonly string[];
}

/** A reason that many rows share, and what is particular to one. */
export type Reason = Parameters<Tell>;

/** Enough to look one up. */
const shownExamples = 5;

/** Counts what a step does, row by row. */
export class StepTally {
  readonly #step: string;
  #rows = 0;
  #changed = 0;
  #dropped = 0;
  readonly #reasons = new Map<
    string,
    { reason: string; effect: "changed" | "dropped"; rows: number; examples: string[] }
  >();

  constructor(step: string) {
    this.#step = step;
  }

  record(id: string, effect: "kept" | "changed" | "dropped", reasons: readonly Reason[]): void {
    this.#rows += 1;
    if (effect === "kept") return;
    if (effect === "changed") this.#changed += 1;
    else this.#dropped += 1;
    for (const [reason, detail] of reasons) {
      const key = `${effect} ${reason}`;
      const seen = this.#reasons.get(key) ?? { reason, effect, rows: 0, examples: [] };
      seen.rows += 1;
      if (seen.examples.length < shownExamples) seen.examples.push(detail === undefined ? id : `${id} (${detail})`);
      this.#reasons.set(key, seen);
    }
  }

  report(): StepReport {
    const reasons = [...this.#reasons.values()].sort((a, b) => b.rows - a.rows);
    return { step: this.#step, rows: this.#rows, changed: this.#changed, dropped: this.#dropped, reasons };
  }
}
