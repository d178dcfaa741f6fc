import { cpus, totalmem } from "node:os";
import { bestOf, type Measure, type Measured, median, ratioOf } from "./figures.ts";

/** One line of a benchmark. What could not be measured is null, and `why` says so. */
export interface Row {
  readonly case: string;
  readonly value: number | null;
  readonly unit: string;
  /** What it is held against, with version and threads. */
  readonly peer: string | null;
  readonly peerValue: number | null;
  /** More is better, whatever the unit: see `ratioOf`. */
  readonly ratio: number | null;
  readonly why?: string;
  /** Which of our settings was the fastest, such as the number of workers. */
  readonly setting?: string;
  /** Peak of the process, in MB, all its worker threads included. */
  readonly memoryMb?: number;
  /** Every round behind the two medians, in the order in which they were measured. */
  readonly rounds?: { readonly ours: readonly number[]; readonly peer: readonly number[] };
}

export interface Report {
  readonly bench: string;
  readonly machine: { cpu: string; cores: number; memoryGb: number; platform: string; node: string };
  readonly rows: readonly Row[];
}

interface Case {
  readonly case: string;
  readonly unit: string;
  readonly measure: Measure;
  /** Our settings, of which the fastest counts. */
  readonly ours: readonly Measured[];
  /** The peer's, likewise. */
  readonly peers: readonly Measured[];
  /** Why there is nothing of ours, or of the peer's, where there is nothing. */
  readonly missing: readonly string[];
}

/** The fastest of ours beside the fastest of the peer's. */
export function rowOf({ case: name, unit, measure, ours, peers, missing }: Case): Row {
  const [our, peer] = [bestOf(measure, ours), bestOf(measure, peers)];
  const [value, peerValue] = [our, peer].map((best) => (best ? median(best.rounds) : null));
  const known = typeof value === "number" && typeof peerValue === "number";
  return {
    case: name,
    value: rounded(value, 1),
    unit,
    peer: peer?.label ?? null,
    peerValue: rounded(peerValue, 1),
    ratio: known ? rounded(ratioOf(measure, value, peerValue), 3) : null,
    ...(known ? {} : { why: missing.join("; ") || "nothing was measured" }),
    ...(our ? { setting: our.label } : {}),
    ...(our?.memoryMb === undefined ? {} : { memoryMb: our.memoryMb }),
    ...(our || peer ? { rounds: { ours: roundedAll(our), peer: roundedAll(peer) } } : {}),
  };
}

const roundedAll = (measured: Measured | undefined) => (measured?.rounds ?? []).map((value) => rounded(value, 1) ?? 0);

function rounded(value: number | null | undefined, digits: number): number | null {
  return typeof value === "number" ? Number(value.toFixed(digits)) : null;
}

export function reportOf(bench: string, rows: readonly Row[]): Report {
  const cpu = cpus()[0]?.model.trim() ?? "unknown";
  const memoryGb = Math.round(totalmem() / 1e9);
  const machine = { cpu, cores: cpus().length, memoryGb, platform: `${process.platform} ${process.arch}` };
  return { bench, machine: { ...machine, node: process.versions.node }, rows };
}

const headings = ["case", "value", "unit", "setting", "memory", "peer", "value", "ratio"];

/** For people: a line a case, columns as wide as they must be, reasons below. */
export function tableOf({ machine, rows }: Report): string {
  const cells = rows.map((row) => [
    row.case,
    shown(row.value),
    row.unit,
    row.setting ?? "–",
    row.memoryMb === undefined ? "–" : `${shown(row.memoryMb)} MB`,
    row.peer ?? "–",
    shown(row.peerValue),
    row.ratio === null ? "–" : row.ratio.toFixed(2),
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const lineOf = (line: readonly string[]) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const reasons = rows.flatMap((row) => (row.why === undefined ? [] : [`${row.case}: ${row.why}`]));
  const about = `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.platform}, Node ${machine.node}`;
  return [about, lineOf(headings), ...cells.map(lineOf), ...reasons].join("\n");
}

const shown = (value: number | null) => (value === null ? "–" : Math.round(value).toLocaleString("en"));
