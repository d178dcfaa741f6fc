import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The interpreter that has the Python libraries which some tests hold ours against. */
export const python = process.env.TOUCHSTONE_PYTHON ?? "python3";

/** A folder for one exchange of files, gone afterwards. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-python-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a script answers, both ways as JSON. @throws Error with what Python said if it broke off */
export function askPython(script: string, args: readonly string[], question: unknown): unknown {
  const { status, stdout, stderr } = spawnSync(python, [script, ...args], {
    env: { ...process.env, HF_HUB_OFFLINE: "1", OMP_NUM_THREADS: "1" },
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`Python broke off: ${stderr}`);
  return JSON.parse(stdout);
}
