import type { RunError } from "@touchstone/contracts";
import type { Database, Transaction } from "../client.ts";

/** A run is dead when its worker has not been heard of for this long; another may then take it. */
export const staleAfterSeconds = 15;

/** Who holds a run: every write of a worker names its token, and one with an older token changes nothing. */
export interface Fence {
  runId: string;
  token: number;
}

/** Thrown when another worker has taken the run, or it was cancelled: the only right reaction is to stop at once. */
export class FencedOffError extends Error {
  override readonly name = "FencedOffError";
}

/** Locks the run's row for this transaction and makes sure that it is still ours. */
export async function holdFence(tx: Transaction, fence: Fence): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM run WHERE id = ${fence.runId}::uuid AND fencing_token = ${fence.token} AND state = 'running' FOR UPDATE`;
  if (held.length === 0) throw new FencedOffError(`run ${fence.runId} is no longer this worker's`);
}

/** @throws FencedOffError where another worker has the run, or it was cancelled. */
export async function heartbeatRun(db: Database, fence: Fence): Promise<void> {
  const held = await db.$executeRaw`
    UPDATE run SET heartbeat_at = now()
    WHERE id = ${fence.runId}::uuid AND fencing_token = ${fence.token} AND state = 'running'`;
  if (held === 0) throw new FencedOffError(`run ${fence.runId} is no longer this worker's`);
}

/** After what put it back for a reason, such as a full disk, a run rests so long; others go on meanwhile. */
const restSeconds = 20;

/**
 * A worker that is told to stop gives its run back, so that the next one need not wait for the heartbeat to age.
 * @param why what it can't go on for now, for people; it then rests a moment before it is taken again
 */
export async function returnRun(db: Database, fence: Fence, why: RunError | null = null): Promise<void> {
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    const data = why ? { error: { ...why } } : {};
    await tx.run.update({ where: { id: fence.runId }, data: { state: "queued", heartbeatAt: null, ...data } });
    if (why) {
      await tx.$executeRaw`
        UPDATE run SET not_before = now() + make_interval(secs => ${restSeconds}) WHERE id = ${fence.runId}::uuid`;
    }
    await tx.outbox.create({ data: { topic: "run", key: fence.runId } });
  });
}
