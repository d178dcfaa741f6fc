import { type DomainError, refused, ScheduleDraft, ScheduleView } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import type { Schedule } from "../generated/client.ts";
import { assertProject } from "../projects/queries.ts";

type Trigger = ScheduleDraft["trigger"];

/** What whoever can read cron patterns says of a trigger; a threshold has neither. */
export interface TriggerReading {
  readonly nextAt: Date | null;
  /** Why it never fires. */
  readonly fault: DomainError | null;
}

export function toScheduleView(row: Schedule, read: (trigger: Trigger) => TriggerReading): ScheduleView {
  const trigger = ScheduleDraft.shape.trigger.parse(row.trigger);
  const { nextAt, fault } = read(trigger);
  return ScheduleView.parse({
    ...row,
    trigger,
    includeSimulated: row.includesSimulated,
    lastFiredAt: row.lastFiredAt?.toISOString() ?? null,
    nextAt: row.enabled ? (nextAt?.toISOString() ?? null) : null,
    fault: fault && { message: fault.message, reason: fault.reason, values: fault.values },
  });
}

export async function listSchedules(db: Database, workspaceId: string, projectId: string): Promise<Schedule[]> {
  await assertProject(db, workspaceId, projectId);
  return db.schedule.findMany({ where: { workspaceId, projectId }, orderBy: { id: "asc" } });
}

/** Every enabled schedule of every workspace, for the worker that puts them back into BullMQ. */
export async function enabledSchedules(db: Database): Promise<Schedule[]> {
  return db.schedule.findMany({ where: { enabled: true }, orderBy: { id: "asc" } });
}

export async function createSchedule(
  db: Database,
  by: Actor,
  projectId: string,
  draft: ScheduleDraft,
): Promise<Schedule> {
  await assertProject(db, by.workspaceId, projectId);
  const firedAtCount = await countJudgements(db, projectId, draft.includeSimulated);
  return db.$transaction(async (tx) => {
    await assertRoomForSchedule(tx, by.workspaceId);
    const made = await tx.schedule.create({
      data: {
        workspaceId: by.workspaceId,
        projectId,
        preset: draft.preset,
        trigger: draft.trigger,
        scope: draft.scope,
        enabled: draft.enabled,
        includesSimulated: draft.includeSimulated,
        firedAtCount,
        createdById: by.id,
      },
    });
    await recordAudit(tx, by, "schedule.created", made.id, { preset: draft.preset, projectId });
    return made;
  });
}

/** Of a workspace: a worker looks at every schedule of all of them once every few seconds. */
const mostSchedules = 50;

/** Whoever makes one at the same time waits. @throws DomainError too_many_requests */
async function assertRoomForSchedule(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  const count = await tx.schedule.count({ where: { workspaceId } });
  if (count >= mostSchedules) throw refused("tooManySchedules", { limit: mostSchedules });
}

/**
 * Pauses a schedule whose pattern names no set times, as an earlier version took it; the audit says so.
 *
 * @returns whether it was at work until now
 */
export async function pauseSchedule(db: Database, id: string, pattern: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const [paused] = await tx.schedule.updateManyAndReturn({ where: { id, enabled: true }, data: { enabled: false } });
    if (!paused) return false;
    const { workspaceId, projectId } = paused;
    await recordAudit(tx, { workspaceId, id: null }, "schedule.paused", id, { projectId, pattern });
    return true;
  });
}

/** Effective judgements a threshold counts. */
export async function countJudgements(db: Database, projectId: string, includeSimulated: boolean): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM effective_judgement
    WHERE project_id = ${projectId}::uuid AND (${includeSimulated} OR source <> 'simulated')`;
  return Number(row?.count ?? 0);
}

/** @throws DomainError not_found. */
export async function deleteSchedule(db: Database, by: Actor, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const where = { id, workspaceId: by.workspaceId };
    const schedule = await tx.schedule.findFirst({ where, select: { projectId: true } });
    const { count } = await tx.schedule.deleteMany({ where });
    if (!schedule || count === 0) throw refused("notThere", { kind: "schedule" });
    await recordAudit(tx, by, "schedule.deleted", id, { projectId: schedule.projectId });
  });
}
