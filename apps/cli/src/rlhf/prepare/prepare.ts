import { existsSync } from "node:fs";
import { readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type PreparationSpec, Split } from "@touchstone/contracts";
import {
  bandingFor,
  ClusterSplits,
  type CountTokens,
  clusterTexts,
  counted,
  type FileSummary,
  openPipeline,
  preparedColumns,
} from "@touchstone/datasets";
import { tokenCounter } from "@touchstone/rlhf";
import { onInterrupt } from "../../signals.ts";
import { fileLine } from "../files/file-line.ts";
import { makeFolder, removeEmpty, tryFolder } from "../files/make-folder.ts";
import { writing } from "../files/output-error.ts";
import { readModel } from "../files/read-model.ts";
import { refuseInputAsOutput } from "../files/same-file.ts";
import { duration } from "../training/progress.ts";
import type { SpecFlag } from "../training/spec-flags.ts";
import { UsageError } from "../usage-error.ts";
import { ColumnTally } from "./column-tally.ts";
import { Packer } from "./packing.ts";
import { type PreparationPlan, preparationPlan } from "./plan.ts";
import { type PreparationReport, reportPage, type SimilarityReport } from "./report.ts";
import { eachItem, placePrevious, previousSplits, type SourceFile, splitFile } from "./sources.ts";
import { RowFile, splitRows } from "./split-rows.ts";

/** Milliseconds between two lines of progress. */
const between = 5_000;

/** `rlhf prepare`. @throws UsageError, TrainingError */
export async function prepare(flags: readonly SpecFlag[], options: Readonly<Record<string, unknown>>): Promise<void> {
  const plan = await preparationPlan(flags, options);
  await refuseOtherFiles(plan.out);
  await refuseInputAsOutput(plan.out, plan.in);
  await tryFolder(plan.out);
  const began = performance.now();
  const countTokens =
    plan.tokenizer === undefined ? undefined : tokenCounter((await readModel("--tokenizer", plan.tokenizer)).files);
  const draft = `${plan.out}.draft`;
  const made = await makeFolder(draft);
  try {
    const report = await writing(plan.out, async () => {
      const prepared = await prepareInto(draft, plan, countTokens);
      refuseNothing(prepared);
      await rm(plan.out, { recursive: true, force: true });
      await rename(draft, plan.out);
      return prepared;
    });
    tell(report, plan, performance.now() - began, options.json === true);
  } finally {
    await rm(draft, { recursive: true, force: true });
    await removeEmpty(made);
  }
}

/** The rows pass twice: through the steps into a draft, and, once all clusters are known, from there into their splits. */
async function prepareInto(
  folder: string,
  plan: PreparationPlan,
  countTokens?: CountTokens,
): Promise<PreparationReport> {
  const { spec } = plan;
  const signal = onInterrupt();
  const pipeline = await openPipeline(spec, countTokens);
  const clusters = new ClusterSplits(spec.split, spec.duplicates, await previousSplits(plan.previous));
  await placePrevious(clusters, plan.previous);
  const draft = join(folder, "draft.jsonl");
  const drafted = new RowFile(draft);
  const files: SourceFile[] = [];
  const columns = new ColumnTally();
  let rowsRead = 0;
  let told = performance.now();
  for (const path of plan.in) {
    const { file, summary } = await eachItem(path, async (item) => {
      if (signal.aborted) throw new UsageError("Stopped; nothing was written.");
      rowsRead += 1;
      if (performance.now() - told > between) {
        told = performance.now();
        process.stderr.write(`${rowsRead.toLocaleString("en")} rows, ${path}\n`);
      }
      if (item.published !== null) clusters.assign(item.key, item.published);
      const kept = pipeline.take(item);
      if (!kept) return false;
      columns.add(kept.preserved);
      clusters.add(kept.key, clusterTexts(kept.row));
      await drafted.write(preparedColumns(kept.row, kept.key, kept.preserved.kept));
      return true;
    });
    files.push(file);
    process.stderr.write(`${sourceLine(file, summary)}\n`);
  }
  await drafted.close();

  const { splits, trees, clusters: count, largest, moved } = clusters.assignment();
  const { context } = spec.pack;
  const packer = context === undefined || !countTokens ? null : new Packer(context, countTokens);
  const written = await splitRows(draft, folder, splits, spec, (row) => packer?.add(row));
  await rm(draft);
  const packing = packer?.plan() ?? null;
  if (packing) {
    const windows = new RowFile(join(folder, "packing.jsonl"));
    for (const window of packing.windows) await windows.write(window);
    await windows.close();
  }
  const report: PreparationReport = {
    format: 1,
    spec,
    files,
    previous: plan.previous,
    rowsRead,
    columns: columns.report(),
    steps: pipeline.reports(),
    similarity: similarityOf(spec),
    split: { rows: written.rows, trees, clusters: count, largestCluster: largest, moved },
    augmented: written.augmented,
    packing: packing?.report ?? null,
    rowsWritten: Object.values(written.rows).reduce((sum, rows) => sum + rows, 0),
  };
  const table = Object.fromEntries([...splits].sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(join(folder, "splits.json"), `${JSON.stringify(table, null, 1)}\n`);
  await writeFile(join(folder, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(folder, "report.md"), reportPage(report));
  return report;
}

/** What a file was taken for, and how much of it goes on. */
function sourceLine({ path, rows, kept }: SourceFile, summary: FileSummary): string {
  const dropped = rows === kept ? "none left out" : `${counted(rows - kept, "row")} left out`;
  const use = `${kept.toLocaleString("en")} of ${counted(rows, "row")} go on, ${dropped}`;
  return fileLine(path, summary, use, "columns that no trainer reads");
}

/** An empty folder would look like data. @throws UsageError naming what took the rows */
function refuseNothing({ rowsWritten, rowsRead, steps }: PreparationReport): void {
  if (rowsWritten > 0) return;
  const taken = steps.filter(({ dropped }) => dropped > 0).map(({ step, dropped }) => `${step} dropped ${dropped}`);
  throw new UsageError(`Of ${rowsRead} rows none is left: ${taken.join(", ")}. Nothing was written; loosen that step.`);
}

function similarityOf({ steps, duplicates, split }: PreparationSpec): SimilarityReport[] {
  const describe = (what: string, threshold: number): SimilarityReport => {
    const { bands, rows, missed } = bandingFor(threshold, duplicates.hashes);
    const standardError = Math.sqrt((threshold * (1 - threshold)) / (bands * rows));
    return { what, threshold, hashes: bands * rows, bands, rowsPerBand: rows, missed, standardError };
  };
  return [
    ...(steps.includes("near-duplicates") ? [describe("rows", duplicates.threshold)] : []),
    describe("prompts of one cluster", split.threshold),
  ];
}

/** All that a preparation writes. */
const ownFiles = new Set([...Split.options.map(splitFile), "splits.json", "report.json", "report.md", "packing.jsonl"]);

/** A folder that an earlier preparation wrote may be written again; nothing else is touched. */
async function refuseOtherFiles(out: string): Promise<void> {
  if (!existsSync(out)) return;
  if (!(await stat(out)).isDirectory()) throw new UsageError(`--out: ${out} is a file. Name a folder.`);
  const names = await readdir(out);
  const isEarlier = names.includes("splits.json") && names.includes("report.json");
  if (names.length === 0 || (isEarlier && names.every((name) => ownFiles.has(name)))) return;
  throw new UsageError(`${out} holds other files. Name another --out, or remove it.`);
}

function tell(report: PreparationReport, { out }: PreparationPlan, milliseconds: number, json: boolean): void {
  const { rowsRead, rowsWritten, split } = report;
  const rate = Math.round((1_000 * rowsRead) / milliseconds);
  if (json)
    process.stdout.write(`${JSON.stringify({ out, seconds: milliseconds / 1_000, rowsPerSecond: rate, ...report })}\n`);
  else process.stdout.write(reportPage(report));
  const parts = Object.entries(split.rows).map(([name, rows]) => `${name} ${rows.toLocaleString("en")}`);
  process.stderr.write(
    `${rowsRead.toLocaleString("en")} rows in, ${rowsWritten.toLocaleString("en")} out (${parts.join(", ")}), ${duration(milliseconds)}, ${rate.toLocaleString("en")} rows/s. The files are in ${out}.\n`,
  );
}
