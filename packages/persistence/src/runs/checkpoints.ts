import type { Database } from "../client.ts";
import type { Checkpoint } from "../generated/client.ts";
import { type Fence, holdFence } from "./fencing.ts";

/** Makes a checkpoint whose files are already on disk count. `path` is relative to the files root. */
export async function recordCheckpoint(
  db: Database,
  workspaceId: string,
  fence: Fence,
  checkpoint: { step: number; path: string },
): Promise<void> {
  const key = { runId: fence.runId, step: checkpoint.step, fencingToken: fence.token };
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await tx.checkpoint.upsert({
      where: { runId_step_fencingToken: key },
      create: { ...key, workspaceId, path: checkpoint.path },
      update: { path: checkpoint.path },
    });
  });
}

/** Newest first: a resume tries them in this order until one is whole. */
export async function listCheckpoints(db: Database, runId: string): Promise<Checkpoint[]> {
  return db.checkpoint.findMany({ where: { runId }, orderBy: [{ step: "desc" }, { fencingToken: "desc" }] });
}

/**
 * Folders of checkpoints whose run has ended: nothing goes on from them, for a run that failed or was cancelled is launched
 * anew, and the model of one that succeeded lies beside them.
 */
export async function checkpointsOfEnded(db: Database): Promise<string[]> {
  const ended = { state: { in: ["succeeded" as const, "failed" as const, "cancelled" as const] } };
  const rows = await db.checkpoint.findMany({ where: { run: ended }, select: { path: true } });
  return rows.map(({ path }) => path);
}

/** Runs that ended since somebody was erased whose work they read. */
export async function runsEndedByErasure(db: Database): Promise<string[]> {
  const rows = await db.run.findMany({
    where: { state: "failed", error: { path: ["reason"], equals: "labelsErased" } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Call when their folders are gone: until then the rows say what there is to remove. */
export async function forgetCheckpoints(db: Database, paths: readonly string[]): Promise<void> {
  await db.checkpoint.deleteMany({ where: { path: { in: [...paths] } } });
}

/** Forgets all but the newest two; returns the folders that may be removed. */
export async function pruneCheckpoints(db: Database, fence: Fence): Promise<string[]> {
  const old = (await listCheckpoints(db, fence.runId)).slice(2);
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    for (const { runId, step, fencingToken } of old)
      await tx.checkpoint.deleteMany({ where: { runId, step, fencingToken } });
  });
  return old.map((checkpoint) => checkpoint.path);
}
