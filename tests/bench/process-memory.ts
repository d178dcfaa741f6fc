import { readFileSync, writeFileSync } from "node:fs";
import type { Row } from "./report.ts";

/** The most that a process held in memory since `forgetPeak`, in MB; null where /proc doesn't say. */
export function peakMemoryMb(pid: number): number | null {
  try {
    const [, kb] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kb === undefined ? null : Number(kb) / 1_024;
  } catch {
    return null;
  }
}

/** What a process held at most, as a row that nothing is held against. */
export function memoryRow(name: string, peak: number | null): Row {
  const why = peak === null ? "/proc does not tell it here" : "the whole process, its threads included";
  const value = peak === null ? null : Math.round(peak);
  return { case: name, value, unit: "MB", peer: null, peerValue: null, ratio: null, why };
}

/** From here on the peak is counted anew (proc_pid_clear_refs(5): 5 resets the peak resident set size). */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // Where the system has no such file, `peakMemoryMb` is null too, or tells the peak of the whole life.
  }
}
