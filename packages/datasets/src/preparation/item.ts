import type { TrainingRow } from "../training/training-row.ts";

/** A row on its way through the preparation. */
export interface PreparedItem {
  /** Where it came from, for people: file and line. */
  readonly id: string;
  readonly row: TrainingRow;
  /** Permanent name of its prompt's tree, taken before anything was changed (`clusterKey`). */
  readonly key: string;
}

/** Says why the step changes or drops the row: a reason that many rows share, and what is particular to this one. */
export type Tell = (reason: string, detail?: string) => void;

/** One step: the item itself where it stays as it was, another where it was changed, null where it is dropped. */
export type Step = (item: PreparedItem, tell: Tell) => PreparedItem | null;
