import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LabellingProject } from "../../harness/labelling-project.ts";
import type { Round } from "../contender.ts";
import { quantile } from "../figures.ts";
import { rateOf, transactionTimes } from "./pgbench-output.ts";

const script = fileURLToPath(new URL("judging.sql", import.meta.url));
/** Where Debian keeps the programs that it puts in nobody's path, a folder a version. */
const debianFolder = "/usr/lib/postgresql";
const absent = "there is no pgbench here: Debian has it in postgresql-contrib";

/** Which pgbench runs here, as it names itself; a string in words where there is none. */
export async function findPgbench(): Promise<{ program: string; label: string } | string> {
  for (const program of ["pgbench", ...installed()]) {
    const version = await outputOf(program, ["--version"]).catch(() => undefined);
    const [number] = /\d+\.\d+/.exec(version ?? "") ?? [];
    if (number !== undefined) return { program, label: `pgbench ${number}` };
  }
  return absent;
}

/**
 * As many clients as annotators, for whole seconds, on the functions that the API calls.
 *
 * @throws Error with what pgbench said, also where it ran out of tasks
 */
export async function runPgbench(
  program: string,
  databaseUrl: string,
  { workspaceId, projectId, annotators }: LabellingProject,
  seconds: number,
): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-pgbench-"));
  const set = (values: object) => Object.entries(values).flatMap(([name, value]) => ["-D", `${name}=${value}`]);
  try {
    const args = ["-n", "-M", "prepared", "-c", String(annotators.length), "-j", "2", "-f", script];
    const limits = ["-T", String(Math.max(1, Math.round(seconds))), "--log", `--log-prefix=${join(folder, "log")}`];
    const variables = set({ workspace: workspaceId, project: projectId, started: 0 });
    const printed = await outputOf(program, [...args, ...limits, ...variables], environmentOf(databaseUrl));
    const times = readdirSync(folder).flatMap((name) => transactionTimes(readFileSync(join(folder, name), "utf8")));
    return { value: rateOf(printed), p99Ms: quantile(times, 0.99) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function installed(): string[] {
  try {
    return readdirSync(debianFolder).map((version) => join(debianFolder, version, "bin", "pgbench"));
  } catch {
    return [];
  }
}

/** By the environment, since everybody on the machine can read a process's arguments. */
function environmentOf(databaseUrl: string): Record<string, string> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  return {
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: pathname.slice(1),
  };
}

function outputOf(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      const [complaint] = stderr.split("\n").filter((line) => line.includes("error:") || line.includes("aborted"));
      if (error) reject(new Error(complaint ?? error.message));
      else resolve(stdout);
    });
  });
}
