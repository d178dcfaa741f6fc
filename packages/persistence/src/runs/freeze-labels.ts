import type { Database, Transaction } from "../client.ts";
import { type FrozenLabelSet, freezeLabelSet } from "../label-sets/freeze.ts";
import { type Fence, holdFence } from "./fencing.ts";
import { losesWork } from "./ready.ts";

/** Somebody is being erased whose work the run would read: it is to be given back, and is taken again once that is done. */
export class ErasureUnderWayError extends Error {
  override readonly name = "ErasureUnderWayError";
}

/**
 * Freezes what a run learns from, and ties it to the run in the same transaction: whoever resumes it reads the same labels. An
 * erasure takes a judgement only while nothing of its project is being frozen (`holdStill`), so it finds each run that may read
 * that judgement, and ends it first (`endReaders`). There is no moment at which a run has labels that nobody knows of.
 *
 * @throws FencedOffError; ErasureUnderWayError, and then nothing is frozen.
 */
export async function freezeLabelsOfRun(
  db: Database,
  fence: Fence,
  scope: { readonly workspaceId: string; readonly projectId: string; readonly includeSimulated: boolean },
): Promise<FrozenLabelSet> {
  return freezeLabelSet(db, scope, async (tx, { id }) => {
    await assertNobodyLeaves(tx, scope.projectId);
    await holdFence(tx, fence);
    await tx.run.update({ where: { id: fence.runId }, data: { labelSetId: id } });
  });
}

/** One that begins after this look ends the run itself; looking spares the run that. */
async function assertNobodyLeaves(tx: Transaction, projectId: string): Promise<void> {
  const leaving = await tx.$queryRaw<unknown[]>`
    SELECT FROM project p WHERE p.id = ${projectId}::uuid AND ${losesWork("p", "id")}`;
  if (leaving.length > 0) throw new ErasureUnderWayError(`somebody is being erased from project ${projectId}`);
}
