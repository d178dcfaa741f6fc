import type { Split } from "@touchstone/contracts";
import type { JsonRow } from "../read/json-rows.ts";
import { openRows, type ReadingOptions } from "../read/read-rows.ts";
import { rowsOf } from "./rows-of.ts";
import type { TextRow, TrainingRow } from "./training-row.ts";

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
  options: ReadingOptions = {},
): AsyncGenerator<TrainingRow> {
  const { kind, rows } = await openRows(bytes, options);
  for await (const row of rows) {
    if (kind.layout === "text") yield wholeText(row);
    else yield* rowsOf(row, split);
  }
}

/** A file that is one text, which may be longer than those of data sets. */
export function wholeText({ value }: JsonRow): TextRow {
  return { kind: "text", text: String(value.text) };
}
