import type { Split } from "@touchstone/contracts";
import { type MarginScale, openMarginScale } from "../formats/margin-scale.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { openRows, type ReadingOptions } from "../read/read-rows.ts";
import { addMargin } from "../read-import.ts";
import { spoolBytes } from "../spool-bytes.ts";
import { rowsOf } from "./rows-of.ts";
import type { TextRow, TrainingRow } from "./training-row.ts";

/** A line of a file, and the rows that it comes down to. */
export interface TrainingLine {
  readonly json: JsonRow;
  readonly rows: readonly TrainingRow[];
}

export interface TrainingOptions extends ReadingOptions {
  /** The one rule for the file's margins, where a first pass has found it (`marginsIn`). */
  readonly margins?: MarginScale | undefined;
}

/**
 * The rule by which the margins of a file are read: one for all, chosen by all of them.
 * @throws DomainError where the file cannot be read to its end
 */
export async function marginsIn(bytes: AsyncIterable<Uint8Array>, options: ReadingOptions = {}): Promise<MarginScale> {
  const margins = openMarginScale();
  const { kind, rows } = await openRows(bytes, options);
  // A text has none, and may be longer than any data set.
  if (kind.layout !== "text") for await (const row of rows) addMargin(margins, row);
  return margins.scale();
}

/**
 * Reads a file to train on line by line. Without `margins` it is kept aside until its last margin has been seen.
 * @throws DomainError as `readTraining`
 */
export async function* readTrainingLines(
  bytes: AsyncIterable<Uint8Array>,
  split: Split,
  options: TrainingOptions = {},
): AsyncGenerator<TrainingLine> {
  const { margins } = options;
  if (margins === undefined) return yield* readInTwoPasses(bytes, split, options);
  const { kind, rows } = await openRows(bytes, options);
  for await (const json of rows) {
    yield { json, rows: kind.layout === "text" ? [wholeText(json)] : rowsOf(json, split, margins) };
  }
}

async function* readInTwoPasses(bytes: AsyncIterable<Uint8Array>, split: Split, options: ReadingOptions) {
  const file = await spoolBytes(bytes);
  try {
    const margins = await marginsIn(file.read(), options);
    yield* readTrainingLines(file.read(), split, { ...options, margins });
  } finally {
    await file.close();
  }
}

/** A file that is one text, which may be longer than those of data sets. */
function wholeText({ value }: JsonRow): TextRow {
  return { kind: "text", text: String(value.text) };
}
