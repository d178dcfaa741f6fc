import { DomainError, loopPresets, RoundDraft, RunDraft, ScheduleDraft } from "@touchstone/contracts";
import { recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import type { Schedule } from "../generated/client.ts";
import { modelInUse } from "../models/queries.ts";
import { insertRun } from "../runs/create.ts";
import { assertLearnable } from "../runs/label-counts.ts";
import { insertRound } from "../runs/round.ts";
import { countJudgements } from "./queries.ts";

async function insertRuns(tx: Transaction, schedule: Schedule, policyId: string): Promise<void> {
  const by = { workspaceId: schedule.workspaceId, id: schedule.createdById };
  // Nobody does it: a schedule that somebody has made, which the audit names.
  const itself = { workspaceId: schedule.workspaceId, id: null };
  const { projectId, preset, id: scheduleId } = schedule;
  const settings = { seed: 1, includeSimulated: schedule.includesSimulated };
  if (schedule.scope === "round") {
    const round = RoundDraft.parse({ ...settings, preset, policyId });
    const { evaluationId } = await insertRound(tx, by, projectId, round, scheduleId);
    await recordAudit(tx, itself, "round.launched", evaluationId, { preset, projectId, scheduleId });
    return;
  }
  const draft = RunDraft.parse({ ...settings, kind: "reward", policy: { modelVersionId: policyId } });
  const spec = loopPresets[preset].reward;
  const runId = await insertRun(tx, by, { projectId, draft, spec, scheduleId });
  await recordAudit(tx, itself, "run.launched", runId, { kind: "reward", projectId, scheduleId });
}

/**
 * Fires a schedule once for `slot`: the moment a cron pattern named, or now for a threshold that is reached. The
 * conditional UPDATE and the new runs are one transaction, so two workers, or a job that Redis delivers twice, start
 * it once. Labels that cannot be learned from yet, a run of its own that has not ended and a workspace that has as many
 * runs as it may postpone it without an error: the next slot looks again.
 * @returns whether it started anything.
 */
export async function fireSchedule(db: Database, scheduleId: string, slot: Date): Promise<boolean> {
  const schedule = await db.schedule.findUnique({ where: { id: scheduleId }, include: { project: true } });
  // An archived project keeps its schedules and they rest, until it is restored.
  if (!schedule?.enabled || schedule.project.state === "archived") return false;
  const trigger = ScheduleDraft.shape.trigger.parse(schedule.trigger);
  const count = await countJudgements(db, schedule.projectId, schedule.includesSimulated);
  if (trigger.kind === "judgements" && count - schedule.firedAtCount < trigger.every) return false;
  const { workspaceId, projectId } = schedule;
  const policy = await modelInUse(db, { workspaceId, projectId, kind: "policy" });
  if (!policy || !(await learnable(db, schedule))) return false;
  return unlessFull(() =>
    db.$transaction(async (tx) => {
      if (await isUnderWay(tx, scheduleId)) return false;
      const { count: claimed } = await tx.schedule.updateMany({
        where: {
          id: scheduleId,
          firedAtCount: schedule.firedAtCount,
          OR: [{ lastFiredAt: null }, { lastFiredAt: { lt: slot } }],
        },
        data: { lastFiredAt: slot, firedAtCount: count },
      });
      if (claimed === 1) await insertRuns(tx, schedule, policy.row.id);
      return claimed === 1;
    }),
  );
}

/** Under the schedule's lock: whoever fires it for another slot waits, and then sees the runs that this one has started. */
async function isUnderWay(tx: Transaction, scheduleId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT FROM schedule WHERE id = ${scheduleId}::uuid FOR UPDATE`;
  const state = { in: ["waiting" as const, "queued" as const, "running" as const] };
  return (await tx.run.findFirst({ where: { scheduleId, state } })) !== null;
}

async function unlessFull(fire: () => Promise<boolean>): Promise<boolean> {
  try {
    return await fire();
  } catch (error) {
    if (error instanceof DomainError && error.code === "too_many_requests") return false;
    throw error;
  }
}

async function learnable(db: Database, schedule: Schedule): Promise<boolean> {
  const { workspaceId, projectId, includesSimulated: includeSimulated } = schedule;
  try {
    await assertLearnable(db, { workspaceId, projectId, includeSimulated }, loopPresets[schedule.preset].reward);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
