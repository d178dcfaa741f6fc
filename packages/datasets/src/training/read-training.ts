import type { Split } from "@touchstone/contracts";
import type { SizeLimits } from "../read/decompress.ts";
import { readRows } from "../read/read-rows.ts";
import { rowsOf } from "./rows-of.ts";
import type { TrainingRow } from "./training-row.ts";

/**
 * Reads a JSONL file to train on, plain or gzipped. Each row's columns say what it is: preferences of TRL, OpenRLHF, RewardBench
 * and HH; UltraFeedback; ratings; KTO's unpaired answers; demonstrations; prompts; texts; and what our own export writes.
 *
 * @param split of rows that name none
 * @throws DomainError `invalid_line` at the first row that is none of these, naming line and column; `body_too_large`
 */
export async function* readTraining(
  bytes: AsyncIterable<Uint8Array>,
  split: Split,
  limits?: SizeLimits,
): AsyncGenerator<TrainingRow> {
  for await (const row of readRows(bytes, limits)) yield* rowsOf(row, split);
}
