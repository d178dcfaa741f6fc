import { setImmediate as nextTurn } from "node:timers/promises";
import type { LabelFitCounts } from "@touchstone/contracts";
import type { LabelFit } from "@touchstone/rlhf";
import type { FitRow } from "./fit-rows.ts";

export type FitTally = Omit<LabelFitCounts, "context" | "rows" | "selfNamed"> & {
  /** The share of the rows that was looked at before time ran out. */
  readonly share: number;
};

/** Milliseconds without a pause: runs of the same process send their heartbeats meanwhile. */
const stretchMs = 50;

/**
 * Measures rows one after the other, until all are measured or the time is up.
 * @param budgetMs however small, one row is measured
 */
export async function countFit(rows: readonly FitRow[], budgetMs: number): Promise<FitTally> {
  const counts: Record<LabelFit, number> = { whole: 0, cut: 0, tooLong: 0, identical: 0 };
  const startedAt = performance.now();
  let pausedAt = startedAt;
  let heldOut = 0;
  let looked = 0;
  for (const row of rows) {
    if (row.split === "train") counts[row.fit()]++;
    else heldOut++;
    looked++;
    const now = performance.now();
    if (now - startedAt > budgetMs) break;
    if (now - pausedAt < stretchMs) continue;
    await nextTurn();
    pausedAt = performance.now();
  }
  const used = counts.whole + counts.cut;
  const { tooLong, identical, cut: promptsCut } = counts;
  const share = rows.length === 0 ? 1 : looked / rows.length;
  return { training: used + tooLong + identical, heldOut, tooLong, identical, used, promptsCut, share };
}
