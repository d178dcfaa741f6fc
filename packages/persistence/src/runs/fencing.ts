import type { Database, Transaction } from "../client.ts";
import type { Run } from "../generated/client.ts";

/** A run is dead when its worker has not been heard of for this long; another may then take it. */
export const staleAfterSeconds = 15;

/** Who holds a run: every write of a worker names its token, and one with an older token changes nothing. */
export interface Fence {
  runId: string;
  token: number;
}

/** Thrown when another worker has taken the run: the only right reaction is to stop at once. */
export class FencedOffError extends Error {
  override readonly name = "FencedOffError";
}

/**
 * Takes a queued run, or one whose worker died, by the database's clock. Null when it is finished or in good hands.
 * A fencing token is one more than the last (Kleppmann, "How to do distributed locking", 2016).
 */
export async function takeRun(db: Database, runId: string): Promise<Run | null> {
  const [taken] = await db.$queryRaw<{ id: string }[]>`
    UPDATE run SET state = 'running', fencing_token = fencing_token + 1, heartbeat_at = now(),
                   started_at = coalesce(started_at, now()), error = NULL
    WHERE id = ${runId}::uuid
      AND (state = 'queued' OR (state = 'running' AND heartbeat_at < now() - make_interval(secs => ${staleAfterSeconds})))
    RETURNING id`;
  return taken ? db.run.findUnique({ where: { id: runId } }) : null;
}

/** Locks the run's row for this transaction and makes sure that it is still ours. */
export async function holdFence(tx: Transaction, fence: Fence): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM run WHERE id = ${fence.runId}::uuid AND fencing_token = ${fence.token} AND state = 'running' FOR UPDATE`;
  if (held.length === 0) throw new FencedOffError(`run ${fence.runId} was taken by another worker`);
}

/** @returns whether someone asked to cancel. */
export async function heartbeatRun(db: Database, fence: Fence): Promise<boolean> {
  const [row] = await db.$queryRaw<{ cancel_asked: boolean }[]>`
    UPDATE run SET heartbeat_at = now()
    WHERE id = ${fence.runId}::uuid AND fencing_token = ${fence.token} AND state = 'running'
    RETURNING cancel_asked`;
  if (!row) throw new FencedOffError(`run ${fence.runId} was taken by another worker`);
  return row.cancel_asked;
}

/** A worker that is told to stop gives its run back, so that the next one need not wait for the heartbeat to age. */
export async function returnRun(db: Database, fence: Fence): Promise<void> {
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await tx.run.update({ where: { id: fence.runId }, data: { state: "queued", heartbeatAt: null } });
    await tx.outbox.create({ data: { topic: "run", key: fence.runId } });
  });
}

/** Ties a label set to a run once: whoever resumes the run reads the same labels. @returns the one that counts. */
export async function bindLabelSet(db: Database, fence: Fence, labelSetId: string): Promise<string> {
  return db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await tx.run.updateMany({ where: { id: fence.runId, labelSetId: null }, data: { labelSetId } });
    const { labelSetId: bound } = await tx.run.findUniqueOrThrow({ where: { id: fence.runId } });
    return bound ?? labelSetId;
  });
}
