import { readFileSync } from "node:fs";
import { z } from "zod";

const Report = z.object({
  userLimits: z.object({ open_files: z.object({ hard: z.union([z.number(), z.string()]) }) }),
});
/** What a process has open beside sockets. */
const otherFiles = 500;

/** How many of the wanted sockets one process can hold. Node.js raises its limit as far as it may by itself. */
export function socketsAtMost(wanted: number): number {
  const { hard } = Report.parse(process.report.getReport()).userLimits.open_files;
  return typeof hard === "number" ? Math.min(wanted, hard - otherFiles) : wanted;
}

/** What a process holds in memory now, in KB of 1,024 bytes; undefined where the system has no /proc. */
export function residentKb(pid: number): number | undefined {
  try {
    const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kb === undefined ? undefined : Number(kb);
  } catch {
    return undefined;
  }
}
