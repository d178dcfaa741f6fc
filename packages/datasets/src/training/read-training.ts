import type { Split } from "@touchstone/contracts";
import { readTrainingLines, type TrainingOptions } from "./training-lines.ts";
import type { TrainingRow } from "./training-row.ts";

/**
 * Reads a file to train on, of any kind that `openRows` takes. Each row's columns say what it is: preferences of TRL, OpenRLHF, RewardBench
 * and HH; UltraFeedback; ratings; KTO's unpaired answers; demonstrations; prompts; texts; and what our own export writes.
 *
 * @param split of rows that name none
 * @throws DomainError `invalid_line` at the first row that is none of these, naming line and column; `body_too_large`
 */
export async function* readTraining(
  bytes: AsyncIterable<Uint8Array>,
  split: Split,
  options: TrainingOptions = {},
): AsyncGenerator<TrainingRow> {
  for await (const { rows } of readTrainingLines(bytes, split, options)) yield* rows;
}
