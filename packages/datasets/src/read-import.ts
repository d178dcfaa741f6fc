import { DomainError } from "@touchstone/contracts";
import { readAtif } from "./formats/atif.ts";
import { readColumns } from "./formats/columns.ts";
import { readHh } from "./formats/hh.ts";
import { type FormatWithMargins, hasMargins, type ImportSource } from "./formats/import-source.ts";
import { joinTasks } from "./formats/join-tasks.ts";
import { unfolded } from "./formats/json-columns.ts";
import { type MarginScaleBuilder, openMarginScale } from "./formats/margin-scale.ts";
import { readJudgementRow, readRatingRow, readSftRow } from "./formats/own-exports.ts";
import { readPrompts } from "./formats/prompts.ts";
import { readTrlPreference } from "./formats/trl-preference.ts";
import type { ImportRow } from "./import-row.ts";
import { KnownMedia } from "./media/find-media.ts";
import { withMediaColumns } from "./media/media-columns.ts";
import { readWithMedia } from "./media/with-media.ts";
import type { SizeLimits } from "./read/decompress.ts";
import type { JsonRow } from "./read/json-rows.ts";
import { readRows } from "./read/read-rows.ts";
import { Contradictions } from "./recognise/contradictions.ts";
import { withinLimits } from "./row-limits.ts";
import { shapeOf } from "./shapes/shapes.ts";
import { spoolBytes } from "./spool-bytes.ts";
import { type AskedOfRows, withinTasks } from "./task-plan.ts";
import { isSkipRow } from "./write/skip-row.ts";

/** Of rows that belong to no project. */
export const noMedia = new KnownMedia("", []);

interface ReadingOptions {
  readonly limits?: SizeLimits | undefined;
  /** Pass over rows that cannot be taken; the receipt has named them before. */
  readonly leaveOut?: boolean;
  /** What rows can name; without it they can name none. */
  readonly media?: KnownMedia | undefined;
  /** What people are asked of the rows: a row that would make more tasks than may be cannot be taken. */
  readonly asked?: AskedOfRows | undefined;
}

/**
 * Reads a file of any kind that `readRows` takes as a stream of rows in the one form that the rest of the product knows.
 *
 * @throws DomainError at the first line that cannot be taken: invalid_line, invalid_mapping or body_too_large. With
 * `leaveOut` only where the file itself cannot be read on.
 */
export async function* readImport(
  bytes: AsyncIterable<Uint8Array>,
  source: ImportSource,
  { limits, leaveOut = false, media = noMedia, asked }: ReadingOptions = {},
): AsyncGenerator<ImportRow> {
  if (hasMargins(source) && source.margins === undefined) {
    yield* readInTwoPasses(bytes, source.format, { limits, leaveOut, media, asked });
    return;
  }
  const read = rowReader(source, media);
  const contradictions = new Contradictions(source);
  for await (const row of tasksOf(source, readRows(bytes, limits))) {
    if (isSkip(source, row)) continue;
    const taken = tryRow(read, row, asked);
    if (taken instanceof DomainError) {
      if (leaveOut) continue;
      throw taken;
    }
    // Without leaving rows out, one that contradicts another goes on, and the import itself stops at it.
    if (leaveOut && contradictions.add(taken)) continue;
    yield taken;
  }
}

/** Margins are read by one rule for the whole file, so the file is kept until its last margin has been seen. */
async function* readInTwoPasses(
  bytes: AsyncIterable<Uint8Array>,
  format: FormatWithMargins,
  options: ReadingOptions,
): AsyncGenerator<ImportRow> {
  const file = await spoolBytes(bytes);
  try {
    const builder = openMarginScale();
    for await (const row of readRows(file.read(), options.limits)) addMargin(builder, row);
    yield* readImport(file.read(), { format, margins: builder.scale() }, options);
  } finally {
    await file.close();
  }
}

/** A margin that is no number decides nothing here: its row is refused when it is read. */
export function addMargin(builder: MarginScaleBuilder, { line, value }: JsonRow): void {
  try {
    builder.add(value.margin, line);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

/** Rows as they are read: of a format that has each answer in a row of its own, those of one task together. */
export function tasksOf(
  { format }: Pick<ImportSource, "format">,
  rows: AsyncIterable<JsonRow>,
): AsyncIterable<JsonRow> {
  if (format === "atif") return joinTasks(rows);
  const expand = format === "columns" ? undefined : shapeOf({ format })?.expand;
  return expand === undefined ? rows : expanded(rows, expand);
}

/** Of rows that hold several prompts each as a row of its own. */
async function* expanded(rows: AsyncIterable<JsonRow>, expand: (row: JsonRow) => JsonRow[]): AsyncGenerator<JsonRow> {
  for await (const row of rows) yield* expand(row);
}

/** A skip of our raw export says nothing of the answers: no row of an import, and the receipt counts it. */
export function isSkip({ format }: ImportSource, { value }: JsonRow): boolean {
  return format === "judgements" && isSkipRow(value);
}

/** A row of our raw export whose judgement was left out there; it is imported like any other, and the receipt says so. */
export function isLeftOut({ format }: ImportSource, { value }: JsonRow): boolean {
  return format === "judgements" && typeof value.left_out === "string" && value.left_out !== "";
}

/** The row, or why it cannot be taken. */
export function tryRow(read: (row: JsonRow) => ImportRow, row: JsonRow, asked?: AskedOfRows): ImportRow | DomainError {
  try {
    return withinTasks(withinLimits(read(row)), asked);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** A row of this source with the pictures and sounds that it names or holds. */
export function rowReader(source: ImportSource, media: KnownMedia): (row: JsonRow) => ImportRow {
  const read = readWithMedia(textReader(source), media, promptColumnOf(source));
  if (source.format !== "columns") return read;
  const { mapping } = source;
  const shown = mapping.media === undefined ? read : withMediaColumns(read, media, mapping.media);
  return mapping.json === undefined ? shown : (row) => shown(unfolded(row, mapping));
}

/** Of a mapping, for files that the row names without saying where they belong. */
export function promptColumnOf(source: ImportSource): string | undefined {
  if (source.format !== "columns") return undefined;
  const { prompt } = source.mapping;
  return typeof prompt === "object" ? prompt.at(-1) : prompt;
}

function textReader(source: ImportSource): (row: JsonRow) => ImportRow {
  switch (source.format) {
    case "trl-preference":
      return (row) => readTrlPreference(row, source.margins ?? { kind: "unit" });
    case "hh":
      return readHh;
    case "prompts":
      return readPrompts;
    case "judgements":
      return readJudgementRow;
    case "ratings":
      return readRatingRow;
    case "sft-messages":
      return readSftRow;
    case "atif":
      return readAtif;
    case "columns":
      return (row) => readColumns(row, source.mapping);
    default:
      return shapeReader(source);
  }
}

function shapeReader(source: ImportSource): (row: JsonRow) => ImportRow {
  const shape = shapeOf(source);
  if (shape === undefined) throw new RangeError(`no reader is there for ${source.format}`);
  return hasMargins(source) ? (row) => shape.read(row, source.margins) : (row) => shape.read(row);
}
