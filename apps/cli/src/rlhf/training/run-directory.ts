import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Files, Metrics } from "@touchstone/rlhf";
import { z } from "zod";
import { readFolder, writeFolder, writeWhole } from "../files/folder.ts";
import { lockFolder, lockName } from "../files/lock.ts";
import { sha256Of } from "../files/read-model.ts";
import { UsageError } from "../usage-error.ts";
import type { RunIdentity } from "./run-identity.ts";

const Manifest = z.object({
  format: z.literal(1),
  /** Hash of settings, seed, data and models: what makes two runs the same run. */
  identity: z.string(),
  /** Hash of the rows as they were read; versions before did not write it down. */
  rows: z.string().optional(),
  state: z.enum(["running", "cancelled", "failed", "done"]),
  engine: z.string(),
  fingerprint: z.string(),
  startedAt: z.string(),
  /** Seconds that were spent training, over all its starts. */
  seconds: z.number(),
  steps: z.number().int(),
  metrics: z.record(z.string(), z.number()),
  notes: z.array(z.string()),
  error: z.string().optional(),
  /** Every other file of the run, by its path. */
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.number().int() })),
});
export type Manifest = z.infer<typeof Manifest>;

/** Checkpoints kept: the newest, and the one before in case it can't be read. */
const keptCheckpoints = 2;

/**
 * A run on disk: spec.json (what was asked for), data/*.parquet (what was learned from), metrics.jsonl (a row a step),
 * checkpoints/STEP, model/ (what came out) and manifest.json (state, figures, a hash of every file).
 */
export interface RunDirectory {
  readonly path: string;
  /** Of an earlier start of the same run. */
  readonly earlier: Manifest | undefined;
  write(name: string, content: string | Uint8Array): Promise<void>;
  writeModel(files: Files): Promise<void>;
  appendMetrics(step: number, values: Metrics): Promise<void>;
  writeCheckpoint(step: number, files: Files): Promise<void>;
  /** Newest first. */
  checkpoints(): Promise<number[]>;
  readCheckpoint(step: number): Promise<Files>;
  /** Takes back what the metrics say of later steps: they come again. */
  forgetAfter(step: number): Promise<void>;
  writeManifest(manifest: Omit<Manifest, "format" | "identity" | "rows" | "files">): Promise<void>;
  /** Leaves the folder to others. */
  close(): Promise<void>;
}

/** What may lie there before the first manifest does: a starting policy, the lock, and half a manifest. */
const beforeManifest = ["start", lockName, "manifest.json.draft"];

/**
 * Takes the folder for this process. The manifest has to be the first thing that is written: it tells what the rest is of.
 *
 * A run that failed before its first checkpoint leaves nothing to go on from, so that the same folder serves for the command
 * with its mistake put right.
 *
 * @throws UsageError if the folder holds anything but an earlier start of this run, or a run that is under way
 */
export async function openRunDirectory(path: string, identity: RunIdentity): Promise<RunDirectory> {
  if (existsSync(path) && !(await stat(path)).isDirectory()) {
    throw new UsageError(`${path} is a file. Name another --out: it is a folder.`);
  }
  await mkdir(path, { recursive: true });
  const unlock = await lockFolder(path);
  try {
    return await openLocked(path, identity, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openLocked(path: string, identity: RunIdentity, unlock: () => Promise<void>): Promise<RunDirectory> {
  const found = await readManifest(path);
  const checkpoints = async () =>
    (await listed(join(path, "checkpoints")))
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => b - a);
  const isReadOtherwise = found?.rows !== undefined && found.rows !== identity.rows;
  const isOther = found && (isReadOtherwise || !isThisRun(found, identity));
  // Of the same run nothing is lost either where it was only killed: it begins again, on the rows as they are read now.
  const isAbandoned = found?.state === "failed" || (found?.state !== "done" && found?.identity === identity.sha256);
  const isVoid = isAbandoned && (await checkpoints()).length === 0;
  const isForeign = found ? isOther && !isVoid : (await listed(path)).some((name) => !beforeManifest.includes(name));
  if (isForeign) {
    throw new UsageError(`${path} holds ${othersIn(found, identity)}. Name another --out, or remove it.`);
  }
  if (isOther) await rm(join(path, "data"), { recursive: true, force: true });
  const earlier = isOther ? undefined : found;
  const metrics = join(path, "metrics.jsonl");
  const checkpointAt = (step: number) => join(path, "checkpoints", String(step));

  return {
    path,
    earlier,
    async write(name, content) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeWhole(join(path, name), content);
    },
    writeModel: (files) => writeFolder(join(path, "model"), files),
    appendMetrics: (step, values) => appendFile(metrics, `${JSON.stringify({ step, ...values })}\n`),
    async writeCheckpoint(step, files) {
      await writeFolder(checkpointAt(step), files);
      for (const old of (await checkpoints()).slice(keptCheckpoints)) await rm(checkpointAt(old), { recursive: true });
    },
    checkpoints,
    readCheckpoint: (step) => readFolder(checkpointAt(step)),
    async forgetAfter(step) {
      if (!existsSync(metrics)) return;
      const kept = (await readFile(metrics, "utf8")).split("\n").filter((line) => stepOf(line) <= step);
      await writeWhole(metrics, kept.map((line) => `${line}\n`).join(""));
    },
    async writeManifest(manifest) {
      const files = manifest.state === "running" ? {} : await hashesBelow(path);
      // One that was taken for this run stays what it was until it is done: its checkpoint may yet say that it is another.
      const { identity: name, rows } =
        manifest.state === "done" || !earlier ? { identity: identity.sha256, rows: identity.rows } : earlier;
      await writeWhole(
        join(path, "manifest.json"),
        `${JSON.stringify({ format: 1, identity: name, rows, ...manifest, files }, null, 2)}\n`,
      );
    },
    close: unlock,
  };
}

/**
 * Versions before did not write down which file was held out. Their run is this one if there was only one file; or if it is not
 * done, since the checkpoint it goes on from knows each row's split, and is refused if that is another.
 */
function isThisRun({ identity, state }: Manifest, { sha256, earlier, isEarlierPlain }: RunIdentity): boolean {
  return identity === sha256 || (identity === earlier && (isEarlierPlain || state !== "done"));
}

function othersIn(found: Manifest | undefined, { sha256, earlier }: RunIdentity): string {
  if (!found) return "other files";
  if (found.identity === sha256) return "a run of these very files by a version that read their rows otherwise";
  if (found.identity !== earlier) return "a run with other settings, data or models";
  return "a run of these files by a version that did not write down which of them were held out";
}

/** Nothing where no run was begun. @throws UsageError if the file is damaged */
export async function readManifest(path: string): Promise<Manifest | undefined> {
  const file = join(path, "manifest.json");
  if (!existsSync(file)) return undefined;
  try {
    return Manifest.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    throw new UsageError(`${file} is not the manifest of a run. Name another run directory.`);
  }
}

async function listed(path: string): Promise<string[]> {
  return existsSync(path) ? readdir(path) : [];
}

/** The last line of a run that was killed may be half a line: it is of no step that counts. */
function stepOf(line: string): number {
  try {
    return z.object({ step: z.number() }).parse(JSON.parse(line)).step;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

const notOfTheRun = ["manifest.json", "manifest.json.draft", lockName];

async function hashesBelow(path: string): Promise<Manifest["files"]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const hashes: [string, Manifest["files"][string]][] = [];
  for (const entry of entries) {
    if (!entry.isFile() || notOfTheRun.includes(entry.name)) continue;
    const full = join(entry.parentPath, entry.name);
    const bytes = await readFile(full);
    hashes.push([full.slice(path.length + 1), { sha256: sha256Of(bytes), bytes: bytes.length }]);
  }
  return Object.fromEntries(hashes.sort(([a], [b]) => (a < b ? -1 : 1)));
}
