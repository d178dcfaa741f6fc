import type { Row } from "./report.ts";

/** How long to measure. */
export interface Effort {
  readonly rounds: number;
  /** A round's length; it ends with the step that is under way then. */
  readonly seconds: number;
  /** How many tasks the largest project has, where a bench looks at how cost grows with them. */
  readonly tasks: number;
}

/** One benchmark by name. */
export interface Bench {
  /** Those of its cases that are wanted, in the bench's own order. */
  run(wanted: (name: string) => boolean, effort: Effort, say: (line: string) => void): Promise<Row[]>;
  readonly cases: readonly string[];
  /** Whether it heeds the number of tasks. */
  readonly takesTasks?: true;
}
