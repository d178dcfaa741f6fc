import type { PreparationSpec, Split } from "@touchstone/contracts";
import type { SplitAssignment, StepReport } from "@touchstone/datasets";
import type { SourceFile } from "./sources.ts";

/** What came of a preparation: report.json, and report.md in words. The same files and settings give the same report. */
export interface PreparationReport {
  readonly format: 1;
  readonly spec: PreparationSpec;
  readonly files: readonly SourceFile[];
  readonly previous: readonly string[];
  readonly rowsRead: number;
  /** Columns beside those that trainers read, and in how many rows they stand. */
  readonly columns: ColumnReport;
  readonly steps: readonly StepReport[];
  readonly similarity: readonly SimilarityReport[];
  readonly split: SplitReport;
  readonly augmented: number;
  readonly packing: PackingReport | null;
  readonly rowsWritten: number;
}

export interface ColumnReport {
  /** Written as they came; no step cleaned, scrubbed or looked at them. */
  readonly kept: Readonly<Record<string, number>>;
  /** Not written: their rows were taken apart into others, where the column would mean something else. */
  readonly lost: Readonly<Record<string, number>>;
}

/** How likely a similar pair is overlooked. */
export interface SimilarityReport {
  readonly what: string;
  readonly threshold: number;
  readonly hashes: number;
  readonly bands: number;
  readonly rowsPerBand: number;
  /** Chance that a pair exactly at the threshold is missed. */
  readonly missed: number;
  /** Largest standard error of a similarity estimated from the signatures; what is proposed is verified exactly. */
  readonly standardError: number;
}

export interface SplitReport {
  readonly rows: Record<Split, number>;
  readonly trees: number;
  readonly clusters: number;
  readonly largestCluster: number;
  readonly moved: SplitAssignment["moved"];
}

/** Texts and demonstrations of the training split in windows of the context, best fit beside the two plain ways. */
export interface PackingReport {
  readonly context: number;
  readonly texts: number;
  readonly tokens: number;
  readonly windows: number;
  readonly waste: number;
  readonly cut: number;
  /** One text a window, padded. */
  readonly paddedWaste: number;
  /** One stream cut into windows: no waste, but this many texts in pieces. */
  readonly streamCut: number;
}

const whole = (count: number) => count.toLocaleString("en");
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** The report as Markdown. */
export function reportPage(report: PreparationReport): string {
  const { split, packing } = report;
  const lines = [
    "# Data preparation",
    "",
    `${whole(report.rowsRead)} rows were read, ${whole(report.rowsWritten)} written.`,
    "",
    "| Step | Rows | Changed | Dropped |",
    "|---|---:|---:|---:|",
    ...report.steps.map(
      ({ step, rows, changed, dropped }) => `| ${step} | ${whole(rows)} | ${whole(changed)} | ${whole(dropped)} |`,
    ),
    "",
    ...report.steps.flatMap(reasonsOf),
    ...columnLines(report.columns),
    ...report.similarity.map(
      ({ what, threshold, hashes, bands, rowsPerBand, missed, standardError }) =>
        `Similarity of ${what}: ${threshold} or more, proposed by ${hashes} MinHash values in ${bands} bands of ${rowsPerBand}, verified exactly; a pair at the threshold is missed with a chance of ${missed.toExponential(1)}, and one estimated from signatures has a standard error of at most ${standardError.toFixed(3)}.`,
    ),
    "",
    "## Splits",
    "",
    ...Object.entries(split.rows).map(([name, rows]) => `- ${name}: ${whole(rows)} rows`),
    "",
    `${whole(split.trees)} trees in ${whole(split.clusters)} clusters; the largest has ${whole(split.largestCluster)}.`,
    ...movedLines(split),
    ...(report.augmented > 0 ? ["", `${whole(report.augmented)} rewordings were added to the training split.`] : []),
    ...(packing ? packingLines(packing) : []),
  ];
  return `${lines.join("\n")}\n`;
}

function columnLines({ kept, lost }: ColumnReport): string[] {
  const list = (columns: Readonly<Record<string, number>>) =>
    Object.entries(columns).map(([name, rows]) => `${inCode(name)} (${whole(rows)} ${rows === 1 ? "row" : "rows"})`);
  const lines = [
    ...(Object.keys(kept).length > 0
      ? [`Written as they came, neither cleaned nor scrubbed nor filtered: ${list(kept).join(", ")}.`]
      : []),
    ...(Object.keys(lost).length > 0
      ? [`Not written, since their rows were taken apart: ${list(lost).join(", ")}.`]
      : []),
  ];
  return lines.length === 0 ? [] : ["## Other columns", "", ...lines, ""];
}

function reasonsOf({ step, reasons }: StepReport): string[] {
  if (reasons.length === 0) return [];
  const lines = reasons.map(
    ({ reason, effect, rows, examples }) => `- ${effect}, ${inCode(reason)}: ${whole(rows)} (${examples.join("; ")})`,
  );
  return [`## ${step}`, "", ...lines, ""];
}

/** Placeholders would vanish as tags. */
function inCode(reason: string): string {
  return reason.startsWith("<") ? `\`${reason}\`` : reason;
}

function movedLines({ moved }: SplitReport): string[] {
  if (moved.length === 0) return [];
  const lines = moved.map(({ key, from, to }) => `- ${key}: ${from} → ${to}`);
  return [
    "",
    `${whole(moved.length)} trees of earlier versions moved, since new prompts joined them to clusters that are held out. Models trained on those versions may have learned from them:`,
    "",
    ...lines,
  ];
}

function packingLines({
  context,
  texts,
  tokens,
  windows,
  waste,
  cut,
  paddedWaste,
  streamCut,
}: PackingReport): string[] {
  return [
    "",
    "## Packing",
    "",
    `${whole(texts)} texts of ${whole(tokens)} tokens fill ${whole(windows)} windows of ${whole(context)} by best fit: ${percent(waste)} of the places stay empty, and ${whole(cut)} texts, those longer than a window, are cut. One text a window would leave ${percent(paddedWaste)} empty; one stream would cut ${whole(streamCut)} texts.`,
  ];
}
