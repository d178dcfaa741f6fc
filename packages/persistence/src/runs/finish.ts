import { type DomainError, type RunError, type RunView, refused } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import type { Prisma } from "../generated/client.ts";
import { promoteOfSchedule } from "../models/promote.ts";
import { promise } from "../outbox/promise.ts";
import { type Fence, holdFence } from "./fencing.ts";
import { getRun } from "./queries.ts";

/** What waited for this run goes to the queue. */
async function releaseFollowers(tx: Transaction, runId: string): Promise<void> {
  const followers = await tx.run.findMany({ where: { waitsForId: runId, state: "waiting" }, select: { id: true } });
  for (const { id } of followers) {
    await tx.run.update({ where: { id }, data: { state: "queued" } });
    await promise(tx, "run", id);
  }
}

/** What is said of a run that waited for one that came to nothing. */
export const predecessorFailed = {
  code: "predecessor_failed",
  message: "The run that this one waited for did not succeed.",
};

/** What waited for a run that failed can never start: it is cancelled with the reason, down the whole chain. */
async function cancelFollowers(tx: Transaction, runId: string): Promise<void> {
  const followers = await tx.run.findMany({ where: { waitsForId: runId, state: "waiting" }, select: { id: true } });
  for (const { id } of followers) {
    const data = { state: "cancelled", finishedAt: new Date(), error: predecessorFailed } as const;
    await tx.run.update({ where: { id }, data });
    await promise(tx, "run-changed", id);
    await cancelFollowers(tx, id);
  }
}

export type PublishedModel = Omit<Prisma.ModelVersionUncheckedCreateInput, "workspaceId" | "runId" | "id"> & {
  id: string;
};

/**
 * Publication: one transaction that only the holder of the fence can commit, with a unique key on the run behind it,
 * so a model version appears once. `extra` writes what belongs to the same moment (an evaluation's tasks).
 */
export async function succeedRun(
  db: Database,
  workspaceId: string,
  fence: Fence,
  model: PublishedModel | null,
  extra?: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await db.$transaction(
    async (tx) => {
      await holdFence(tx, fence);
      if (model) {
        await tx.modelVersion.create({ data: { ...model, workspaceId, runId: fence.runId } });
        await tx.run.updateMany({ where: { policyRunId: fence.runId, policyId: null }, data: { policyId: model.id } });
        await tx.run.updateMany({ where: { rewardRunId: fence.runId, rewardId: null }, data: { rewardId: model.id } });
        await tx.evaluation.updateMany({ where: { candidateRunId: fence.runId }, data: { candidateId: model.id } });
        await promoteIfScheduled(tx, workspaceId, fence.runId, model.id);
      }
      await extra?.(tx);
      await tx.run.update({
        where: { id: fence.runId },
        data: { state: "succeeded", finishedAt: new Date(), secondsLeft: 0, heartbeatAt: null },
      });
      await releaseFollowers(tx, fence.runId);
      await promise(tx, "run-changed", fence.runId);
    },
    { timeout: 120_000 },
  );
}

async function promoteIfScheduled(tx: Transaction, workspaceId: string, runId: string, id: string): Promise<void> {
  const select = { projectId: true, scheduleId: true } as const;
  const { projectId, scheduleId } = await tx.run.findUniqueOrThrow({ where: { id: runId }, select });
  if (scheduleId === null) return;
  const { kind } = await tx.modelVersion.findUniqueOrThrow({ where: { id }, select: { kind: true } });
  await promoteOfSchedule(tx, { workspaceId, projectId, kind }, { id, scheduleId });
}

/** Ends a run that will not succeed; `error` is shown to people, so it says what to do. */
export async function endRun(
  db: Database,
  fence: Fence,
  state: "failed" | "cancelled",
  error: RunError | null,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await closeRun(tx, fence.runId, state, error);
  });
}

/** The row is locked by the caller. */
export async function closeRun(
  tx: Transaction,
  runId: string,
  state: "failed" | "cancelled",
  error: RunError | null,
): Promise<void> {
  await tx.run.update({
    where: { id: runId },
    data: {
      state,
      finishedAt: new Date(),
      secondsLeft: null,
      heartbeatAt: null,
      ...(error ? { error: { ...error } } : {}),
    },
  });
  await cancelFollowers(tx, runId);
  await promise(tx, "run-changed", runId);
}

/**
 * Cancels at once, whoever holds it: its worker finds the fence closed at the next heartbeat, and one that is dead need not
 * be waited for.
 * @throws DomainError not_found, conflict when it has already ended.
 */
export async function cancelRun(db: Database, by: Actor, id: string): Promise<RunView> {
  const { workspaceId } = by;
  const { projectId } = await getRun(db, workspaceId, id);
  await db.$transaction(async (tx) => {
    const under = await tx.run.updateMany({
      where: { id, state: { in: ["waiting", "queued", "running"] } },
      data: { state: "cancelled" },
    });
    if (under.count === 0) throw await endedAlready(tx, id);
    await closeRun(tx, id, "cancelled", null);
    await recordAudit(tx, by, "run.cancelled", id, { projectId });
  });
  return getRun(db, workspaceId, id);
}

/** Says how it ended as it stands now: it may have ended since it was looked at. */
async function endedAlready(tx: Transaction, id: string): Promise<DomainError> {
  const { state } = await tx.run.findUniqueOrThrow({ where: { id }, select: { state: true } });
  return refused("runEnded", { kind: state === "succeeded" || state === "failed" ? state : "cancelled" });
}
