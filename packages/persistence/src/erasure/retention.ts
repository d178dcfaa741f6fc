import { type ErasedCounts, type Retention, type RetentionQuery, RetentionView } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { lockProject } from "../projects/change.ts";
import { assertProject } from "../projects/queries.ts";
import { makeSuccessor } from "./begin.ts";

/** So long after it was said nothing is erased by it: whoever reads the page can still say otherwise. */
const noticeDays = 3;

/** Everything is counted by the database's clock, in UTC. */
interface Kept {
  readonly identityDays: number | null;
  readonly archivedDays: number | null;
}

/**
 * How long a project keeps what is of people, and what that would erase at this moment.
 *
 * @param asked other days, to see what they would erase; left out, those that hold.
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function getRetention(
  db: Database,
  workspaceId: string,
  projectId: string,
  asked?: RetentionQuery,
): Promise<RetentionView> {
  await assertProject(db, workspaceId, projectId);
  return viewOf(db, projectId, asked);
}

async function viewOf(
  db: Database | Transaction,
  projectId: string,
  asked: RetentionQuery = {},
): Promise<RetentionView> {
  const row = await db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { identityDays: true, archivedDays: true, retentionFrom: true, archivedAt: true },
  });
  const { retentionFrom, archivedAt, ...holds } = row;
  const isAsked = asked.identityDays !== undefined || asked.archivedDays !== undefined;
  const kept = isAsked ? { identityDays: asked.identityDays ?? null, archivedDays: asked.archivedDays ?? null } : holds;
  const [due] = await db.$queryRaw<{ madeBefore: Date | null }[]>`
    WITH bound AS (SELECT ${monthDue(kept.identityDays)} AS made_before),
    old AS (
      SELECT j.member_id, ${isSettled} AS settled
      FROM judgement j JOIN task t ON t.id = j.task_id JOIN project p ON p.id = j.project_id JOIN member m ON m.id = j.member_id
      WHERE j.project_id = ${projectId}::uuid AND j.created_at < (SELECT made_before FROM bound)
        AND j.kind = 'answer' AND m.kind <> 'simulated' AND m.erased_at IS NULL)
    SELECT (SELECT count(*)::int FROM old WHERE settled) AS identity,
      (SELECT count(DISTINCT member_id)::int FROM old WHERE settled) AS people,
      (SELECT count(*)::int FROM old WHERE NOT settled) AS waiting,
      (SELECT made_before FROM bound) AS "madeBefore",
      (SELECT count(*)::int FROM judgement j JOIN member m ON m.id = j.member_id JOIN project p ON p.id = j.project_id
        WHERE j.project_id = ${projectId}::uuid AND j.kind = 'answer' AND m.kind <> 'simulated'
          AND ${archivedDue(kept.archivedDays)}) AS judgements`;
  return RetentionView.parse({
    ...kept,
    from: retentionFrom?.toISOString() ?? null,
    archivedAt: archivedAt?.toISOString() ?? null,
    due: { ...due, madeBefore: due?.madeBefore?.toISOString() ?? null },
  });
}

/** The beginning of the month that is kept whole: those before it ended so many days ago. Null where who judged is kept. */
const monthDue = (days: number | null) =>
  days === null
    ? Prisma.sql`NULL::timestamptz`
    : Prisma.sql`(date_trunc('month', (clock_timestamp() AT TIME ZONE 'UTC') - make_interval(days => ${days}::int)) AT TIME ZONE 'UTC')`;

/** Of aliases t and p: whether nobody gets this task any more, so that nothing need know who has had it. */
const isSettled = Prisma.sql`(t.state IN ('full', 'ended') OR p.state IN ('ended', 'archived'))`;

/** Of alias p: whether it was archived so many days ago. */
const archivedDue = (days: number | null) =>
  days === null
    ? Prisma.sql`false`
    : Prisma.sql`(p.state = 'archived' AND p.archived_at < clock_timestamp() - make_interval(days => ${days}::int))`;

/**
 * Says how long a project keeps what is of people. Whatever is said, nothing is erased by it before three days have passed.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function changeRetention(
  db: Database,
  by: MemberActor,
  projectId: string,
  { identityDays, archivedDays }: Retention,
): Promise<RetentionView> {
  await assertProject(db, by.workspaceId, projectId);
  return db.$transaction(async (tx) => {
    await lockProject(tx, by.workspaceId, projectId);
    const isSaid = identityDays !== null || archivedDays !== null;
    await tx.$executeRaw`
      UPDATE project SET identity_days = ${identityDays}::int, archived_days = ${archivedDays}::int,
        retention_from = CASE WHEN ${isSaid} THEN clock_timestamp() + make_interval(days => ${noticeDays}::int) END
      WHERE id = ${projectId}::uuid AND (identity_days, archived_days) IS DISTINCT FROM (${identityDays}::int, ${archivedDays}::int)`;
    await recordAudit(tx, by, "retention.changed", projectId, {
      projectId,
      identityDays: identityDays ?? "—",
      archivedDays: archivedDays ?? "—",
    });
    return viewOf(tx, projectId);
  });
}

interface Due extends Kept {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
}

/**
 * Begins the erasures that are due by what projects say, once a day each at most; they go in steps as others do. Any number
 * of processes may ask at once: the project's row is locked, and what one has begun the next one sees.
 *
 * @returns how many were begun.
 */
export async function sweepRetention(db: Database): Promise<number> {
  const projects = await db.$queryRaw<Due[]>`
    SELECT id, workspace_id AS "workspaceId", name, identity_days AS "identityDays", archived_days AS "archivedDays" FROM project p
    WHERE deleted_at IS NULL AND retention_from <= clock_timestamp() AND (identity_days IS NOT NULL OR archived_days IS NOT NULL)
      AND NOT EXISTS (SELECT FROM erasure e WHERE e.workspace_id = p.workspace_id AND e.project_id = p.id AND e.finished_at IS NULL)`;
  let begun = 0;
  for (const project of projects)
    begun += await db.$transaction((tx) => beginDue(tx, db, project), { timeout: 60_000 });
  return begun;
}

async function beginDue(tx: Transaction, db: Database, project: Due): Promise<number> {
  const { id, workspaceId } = project;
  const locked = await tx.$queryRaw<object[]>`
    SELECT FROM project p WHERE p.id = ${id}::uuid AND p.deleted_at IS NULL AND p.retention_from <= clock_timestamp()
      AND NOT EXISTS (SELECT FROM erasure e WHERE e.workspace_id = p.workspace_id AND e.project_id = p.id AND e.finished_at IS NULL)
    FOR NO KEY UPDATE SKIP LOCKED`;
  if (locked.length === 0) return 0;
  const begun = (await beginArchived(tx, project)) || (await beginIdentity(tx, db, project));
  if (begun > 0) {
    await recordAudit(tx, { workspaceId, id: null }, "retention.applied", id, { projectId: id, people: begun });
  }
  return begun;
}

/** All that people judged and wrote in it. */
async function beginArchived(tx: Transaction, { id, workspaceId, archivedDays }: Due): Promise<number> {
  const [row] = await tx.$queryRaw<{ judgements: number; due: boolean }[]>`
    SELECT (SELECT count(*)::int FROM judgement j JOIN member m ON m.id = j.member_id
        WHERE j.project_id = p.id AND j.kind = 'answer' AND m.kind <> 'simulated') AS judgements,
      EXISTS (SELECT FROM lease l JOIN member m ON m.id = l.member_id WHERE l.project_id = p.id AND m.kind <> 'simulated')
        OR EXISTS (SELECT FROM inquiry q WHERE q.project_id = p.id)
        OR EXISTS (SELECT FROM left_out o WHERE o.project_id = p.id AND o.note <> '') AS due
    FROM project p WHERE p.id = ${id}::uuid AND ${archivedDue(archivedDays)}`;
  if (!row?.due) return 0;
  const { judgements } = row;
  await tx.erasure.create({ data: { workspaceId, kind: "all", projectId: id, counts: countsOf(judgements) } });
  return 1;
}

/** Whoever judged before the month that is kept whole: each gets a name of their own that says nothing, anew each time. */
async function beginIdentity(tx: Transaction, db: Database, { id, workspaceId, identityDays }: Due): Promise<number> {
  const due = await tx.$queryRaw<{ memberId: string; kind: "person" | "imported"; judgements: number; before: Date }[]>`
    SELECT m.id AS "memberId", m.kind::text AS kind, count(*)::int AS judgements, ${monthDue(identityDays)} AS before
    FROM judgement j JOIN task t ON t.id = j.task_id JOIN project p ON p.id = j.project_id JOIN member m ON m.id = j.member_id
    WHERE j.project_id = ${id}::uuid AND m.kind <> 'simulated' AND m.erased_at IS NULL
      AND j.created_at < ${monthDue(identityDays)} AND ${isSettled}
      -- Of a task that they have judged again since, all is kept until that is due too.
      AND NOT EXISTS (SELECT FROM judgement o WHERE o.task_id = j.task_id AND o.member_id = j.member_id
        AND o.created_at >= ${monthDue(identityDays)})
      AND NOT EXISTS (SELECT FROM lease o WHERE o.task_id = j.task_id AND o.member_id = j.member_id AND o.state = 'held')
    GROUP BY 1, 2 ORDER BY 1`;
  for (const { memberId, kind, judgements, before: madeBefore } of due) {
    const successorId = await makeSuccessor(tx, db, { workspaceId, kind });
    const data = { workspaceId, kind: "identity", memberId, projectId: id, madeBefore, successorId };
    await tx.erasure.create({ data: { ...data, counts: countsOf(judgements) } });
  }
  return due.length;
}

function countsOf(judgements: number): ErasedCounts {
  const none = { skips: 0, held: 0, inquiries: 0, answers: 0, notes: 0, views: 0, imports: 0, exports: 0 };
  return { judgements, ...none, sessions: 0, tokens: 0, links: 0, audit: 0 };
}
