import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type ImportModelSpec, modelFilesOf, reasonedError } from "@touchstone/contracts";
import {
  addAlert,
  findModel,
  findSpooled,
  findUsableByHash,
  modelFiles,
  newId,
  partsOf,
  readPieces,
  removeSpooled,
  type SpooledFile,
  succeedRun,
} from "@touchstone/persistence";
import { modelFileNames } from "@touchstone/rlhf";
import type { HeldRun } from "./context.ts";
import { listenTo } from "./listener.ts";
import { RunFailure, runInThread } from "./thread.ts";

/**
 * Reads a model of others from the files that were brought for it, and publishes it. The store has them in pieces and readers
 * want files, so they lie on this machine's disk meanwhile.
 */
export async function importModel(held: HeldRun, spec: ImportModelSpec): Promise<void> {
  const { run, fence } = held;
  const folder = await mkdtemp(join(tmpdir(), "touchstone-model-"));
  try {
    const files = await broughtFiles(held, spec);
    const { form, leftAside } = modelFilesOf(files.map(({ view }) => view.name));
    const read = files.filter(({ view }) => !leftAside.includes(view.name));
    if (leftAside.length > 0) await addAlert(held.db, fence, filesLeftAside(leftAside));
    const [first] = read;
    if (!first) throw gone("");
    const base = await baseFolder(held, folder);
    // One file is called alike whatever it was brought as: a name may be longer than a disk takes.
    const pathOf = (name: string) => join(folder, form === "gguf" ? "model.gguf" : name);
    const listener = listenTo(held);
    for (const [index, file] of read.entries()) {
      await copyTo(held, file, pathOf(file.view.name));
      await listener.onMetric(index + 1, read.length + 1, {});
    }
    const path = form === "gguf" ? pathOf(first.view.name) : folder;
    const job = { type: "import", engine: held.environment.TOUCHSTONE_ENGINE, seed: run.seed, path, form } as const;
    const result = await runInThread(
      { ...job, base, name: first.view.name, context: spec.context },
      listener,
      held.stop,
      held.lost,
    );
    if (result.type !== "imported") throw new RunFailure("internal", "The training thread answered something else.");
    await listener.onMetric(read.length + 1, read.length + 1, {});
    await assertNew(held, result.model.sha256);
    const stored = await held.files.write(`runs/${run.id}/${fence.token}/model`, result.files);
    const { kind, parameters, sha256, tokenizerSha256 } = result.model;
    await succeedRun(held.db, run.workspaceId, fence, {
      ...{
        id: await newId(held.db),
        projectId: run.projectId,
        parentId: run.policyId,
        kind,
        name: run.name,
        parameters,
        sha256,
        tokenizerSha256,
      },
      files: stored.map((file) => ({ ...file })),
      spec: JSON.parse(JSON.stringify(spec)),
      metrics: {},
    });
    await forgetFiles(held, files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The model that an adapter is laid on, on this machine's disk: without the adapter that may have made it. */
async function baseFolder({ db, run, files, lost }: HeldRun, folder: string): Promise<string | undefined> {
  if (run.policyId === null) return undefined;
  const base = join(folder, "base");
  const stored = modelFiles(await findModel(db, run.workspaceId, run.policyId));
  await files.copyTo(
    base,
    stored.filter(({ path }) => modelFileNames.some((name) => path.endsWith(`/${name}`))),
    lost,
  );
  return base;
}

async function broughtFiles({ database, run }: HeldRun, { files }: ImportModelSpec): Promise<SpooledFile[]> {
  const found = [];
  for (const id of files) {
    const file = await findSpooled(database.pool, run.workspaceId, id).catch(() => null);
    if (file?.view.state !== "ready") throw gone(file?.view.name ?? id);
    found.push(file);
  }
  return found;
}

async function copyTo({ database, store, lost }: HeldRun, file: SpooledFile, path: string): Promise<void> {
  const keys = await partsOf(database.pool, file);
  await pipeline(readPieces(store, keys), createWriteStream(path), { signal: lost });
}

/** The same weights twice would be two names for one model. */
async function assertNew({ db, run }: HeldRun, sha256: string): Promise<void> {
  const known = await findUsableByHash(db, run, sha256);
  if (!known) return;
  const name = `${known.kind === "reward" ? "RM" : "P"}-${known.number}`;
  const { code, message, values, reason } = reasonedError("modelHereAlready", { name });
  throw new RunFailure(code, message, values, reason);
}

/** They have become a model, so their room is free; of what can't be removed the time runs out by itself. */
async function forgetFiles({ database, store, run, log }: HeldRun, files: readonly SpooledFile[]): Promise<void> {
  for (const { id } of files) {
    await removeSpooled({ pool: database.pool, files: store }, run.workspaceId, id).catch((err) =>
      log.warn({ err, fileId: id }, "a brought file of an imported model was not removed"),
    );
  }
}

function gone(file: string): RunFailure {
  const { code, message, values, reason } = reasonedError("broughtFileGone", { file });
  return new RunFailure(code, message, values, reason);
}

function filesLeftAside(names: readonly string[]) {
  const list = names.join(", ");
  const message = `These files are no part of a model and were not read: ${list}.`;
  return { step: 0, level: "note" as const, code: "files_left_aside", values: { names: list }, message };
}
