import {
  bytesPerToken,
  type CountedLengths,
  type ExportFit,
  type RowLengths,
  type ShapeReason,
  Split,
} from "@touchstone/contracts";
import {
  type AskedExport,
  datasetInfo,
  encoded,
  endingOf,
  estimatedTokens,
  exportFile,
  type FolderRow,
  folder,
  goesByPrompt,
  gzipped,
  isLlamaFactory,
  isMadeByShape,
  isShaped,
  jsonLines,
  judgementRow,
  Lengths,
  ratingRow,
  type Shaped,
  type ShapedRow,
  sftRow,
  shapeRows,
  skipRow,
  stepwiseRow,
  trlPreferenceRow,
} from "@touchstone/datasets";
import type { Database } from "../client.ts";
import { type LabelSetFacts, labelSetFacts } from "./card.ts";
import type { ExportRows } from "./export-rows.ts";

/** Part of an export's file, and how many rows are in what was written since the part before. */
export interface ExportedPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
}

type Bytes = AsyncGenerator<Uint8Array<ArrayBuffer>>;

/** The file of an export, a part at a time, each as fast as the one before is taken. */
async function* exportLines(source: ExportRows, asked: AskedExport): AsyncGenerator<ExportedPart> {
  if (isLlamaFactory(asked.format) && asked.part === "dataset-info") {
    const file = `touchstone.${endingOf({ ...asked, part: "rows" })}`;
    const info = datasetInfo(asked.format, { touchstone: file });
    yield { bytes: new TextEncoder().encode(`${JSON.stringify(info, null, 2)}\n`), rows: 0 };
    return;
  }
  const counted = new Counter();
  const rows = counted.each(asked.part === "sidecar" ? sidecarOf(source, asked) : rowsOf(source, asked));
  const file = asked.part === "sidecar" ? encoded(jsonLines(rows)) : exportFile(rows, asked);
  yield* counted.parts(asked.compression === "gzip" ? gzipped(file) : file);
}

/** The file of an export of a label set: a folder also tells of the set. */
export async function* exportedSet(
  db: Database,
  { workspaceId, labelSetId }: { readonly workspaceId: string; readonly labelSetId: string },
  source: ExportRows,
  asked: AskedExport,
): AsyncGenerator<ExportedPart> {
  if (asked.container !== "folder") yield* exportLines(source, asked);
  else yield* exportFolder(source, asked, await labelSetFacts(db, workspaceId, labelSetId));
}

/** An export as a folder, in which the rows of each split are read after those of the split before. */
async function* exportFolder(
  source: ExportRows,
  asked: AskedExport,
  facts: LabelSetFacts,
): AsyncGenerator<ExportedPart> {
  const counted = new Counter();
  const losses = new Losses();
  // Each pass reads all: what is left out is counted in the first one, and rows in the first of their split.
  const begun = new Set<string>();
  async function* rows(split: string): AsyncGenerator<FolderRow> {
    const [first, firstOfSplit] = [begun.size === 0, !begun.has(split)];
    begun.add(split);
    for await (const item of itemsOf(source, asked)) {
      if ("leftOut" in item) {
        if (first) losses.add(item);
      } else if (item.split === split) {
        if (firstOfSplit) counted.add();
        yield item;
      }
    }
  }
  const made = folder({ rows, facts, leftOut: () => losses.list(), createdAt: facts.createdAt }, asked);
  yield* counted.parts(made);
}

/** How many rows an export in a shape has, and what it leaves out, by reason. */
export async function exportFit(source: ExportRows, asked: AskedExport): Promise<ExportFit> {
  const losses = new Losses();
  let rows = 0;
  let contradicted = 0;
  for await (const item of shapedIn(source, asked)) {
    if ("leftOut" in item) {
      losses.add(item);
      continue;
    }
    rows += 1;
    if (item.contradicted) contradicted += 1;
  }
  return { rows, leftOut: losses.list(), contradicted };
}

/**
 * How many rows of an export are longer than a number of tokens, by an estimate, by split. It reads all of them.
 *
 * @param tokens the most that a trainer takes of a row
 */
export async function exportLengths(source: ExportRows, asked: AskedExport, tokens: number): Promise<RowLengths> {
  const counted = await countLengths(source, asked, tokens, (row) => estimatedTokens(asked.format, row));
  return { tokens, counting: { by: "estimate", bytesPerToken }, ...counted };
}

/**
 * The same by whatever counts.
 *
 * @param tokensOf how many tokens a row of this format has
 */
export async function countLengths(
  source: ExportRows,
  asked: AskedExport,
  tokens: number,
  tokensOf: (row: Readonly<Record<string, unknown>>) => number | Promise<number>,
): Promise<CountedLengths> {
  const bySplit = new Map(Split.options.map((split) => [split, new Lengths([tokens])]));
  for await (const item of itemsOf(source, asked)) {
    if ("row" in item) bySplit.get(Split.parse(item.split))?.add(await tokensOf(item.row));
  }
  const splits = [...bySplit].flatMap(([split, lengths]) => {
    const { rows, longest } = lengths;
    return rows === 0 ? [] : [{ split, rows, longest, longer: lengths.longer()[0]?.rows ?? 0 }];
  });
  return {
    rows: splits.reduce((sum, { rows }) => sum + rows, 0),
    longer: splits.reduce((sum, { longer }) => sum + longer, 0),
    longest: Math.max(0, ...splits.map(({ longest }) => longest)),
    splits,
  };
}

/** The rows of an export, as their format has them. */
export async function* rowsOf(source: ExportRows, asked: AskedExport): AsyncGenerator<Record<string, unknown>> {
  if (!isMadeByShape(asked)) yield* recordsOf(source, asked.format);
  else for await (const item of shapedIn(source, asked)) if ("row" in item) yield item.row;
}

/** Where each row of a shape came from, by its line. */
async function* sidecarOf(source: ExportRows, asked: AskedExport): AsyncGenerator<Record<string, unknown>> {
  let line = 0;
  for await (const item of shapedIn(source, asked)) {
    if ("leftOut" in item) continue;
    line += 1;
    yield { line, ...item.provenance };
  }
}

/** Rows with their splits, of whatever makes them. A skip and what a record has no split of belong to those of training. */
async function* itemsOf(source: ExportRows, asked: AskedExport): AsyncGenerator<FolderRow | LeftOut> {
  if (!isMadeByShape(asked)) {
    for await (const row of recordsOf(source, asked.format)) yield { row, split: String(row.split ?? "train") };
    return;
  }
  const strict = isShaped(asked.format);
  for await (const item of shapedIn(source, asked)) {
    if ("leftOut" in item) yield item;
    else yield { row: item.row, split: item.split, ...(strict ? { provenance: item.provenance } : {}) };
  }
}

type LeftOut = Exclude<Shaped, ShapedRow>;

function shapedIn(source: ExportRows, asked: AskedExport): AsyncGenerator<Shaped> {
  const { format, aggregation, margin } = asked;
  if (!isShaped(format) && format !== "trl-preference") throw new Error(`${format} is no shape.`);
  return shapeRows(source.inParts(goesByPrompt({ format, aggregation })), { format, aggregation, margin });
}

async function* recordsOf(source: ExportRows, format: string): AsyncGenerator<Record<string, unknown>> {
  switch (format) {
    case "trl-preference":
      for await (const { form, context } of source.comparisons()) {
        const row = trlPreferenceRow(form, context);
        if (row !== null) yield row;
      }
      return;
    case "ratings":
      for await (const { form, context } of source.ratings()) yield ratingRow(form, context);
      return;
    case "sft-messages":
      for await (const { form, context } of source.demonstrations()) yield sftRow(form, context);
      return;
    case "stepwise":
      for await (const { form, context } of source.stepLabels()) yield stepwiseRow(form, context);
      return;
    case "judgements":
      for await (const judgement of source.judgements()) yield judgementRow(judgement, judgement.context);
      for await (const again of source.repeats()) yield { ...judgementRow(again, again.context), repeat: true };
      for await (const row of source.leftOut()) yield { ...judgementRow(row, row.context), left_out: row.leftOut };
      for await (const skip of source.skips()) yield skipRow(skip, skip.context);
      return;
  }
}

class Losses {
  readonly #counts = new Map<ShapeReason, number>();

  add({ leftOut }: LeftOut): void {
    this.#counts.set(leftOut, (this.#counts.get(leftOut) ?? 0) + 1);
  }

  list() {
    return [...this.#counts].map(([reason, count]) => ({ reason, count }));
  }
}

/** Counts rows on their way into a file, and says with each part of it how many they were. */
class Counter {
  #rows = 0;

  async *each<Row>(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
    for await (const row of rows) {
      this.add();
      yield row;
    }
  }

  add(): void {
    this.#rows += 1;
  }

  async *parts(file: Bytes): AsyncGenerator<ExportedPart> {
    for await (const bytes of file) {
      yield { bytes, rows: this.#rows };
      this.#rows = 0;
    }
  }
}
