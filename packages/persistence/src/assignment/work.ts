import { type GuidelineView, refused, Wait, WorkItem } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import type { Annotator } from "./annotator.ts";
import { isClaimable, Unread } from "./waits.ts";

/** Tasks counted as available at most: past it nobody needs the number, and counting more would cost. */
const countedAtMost = 1_000;

const WorkRow = WorkItem.extend({ waits: z.array(z.union([Wait, Unread])).nullable() });

/**
 * An annotator's home: the projects they may work in, but archived ones. `available` counts open tasks that they have
 * not met, from their cursors on, up to 1,000; `waiting` adds those that they hold. A paused one has none to give.
 */
export async function listWork(db: Database, who: Annotator): Promise<WorkItem[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT p.id AS "projectId", p.name, p.description, p.state IN ('paused', 'ended') AS paused, a.available,
      CASE WHEN h.held = 0 AND (a.available = 0 OR p.daily_limit IS NOT NULL OR p.share_limit IS NOT NULL) THEN waits_of(p.id, ${who.memberId}::uuid) END AS waits,
      to_char(least(p.due_at, (SELECT min(b.due_at) FROM batch b WHERE b.project_id = p.id AND b.state = 'open'
        AND EXISTS (SELECT FROM task t WHERE t.project_id = p.id AND t.batch = b.number AND t.state = 'open'))
      ) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "dueAt",
      a.available + h.held AS waiting,
      coalesce(CASE WHEN y.day = (clock_timestamp() AT TIME ZONE 'UTC')::date THEN y.today + y.repeats_today END, 0) AS today,
      coalesce(y.total + y.repeats, 0) AS total,
      coalesce(y.skipped, 0) AS skipped
    FROM project p
    LEFT JOIN tally y ON y.project_id = p.id AND y.member_id = ${who.memberId}::uuid
    CROSS JOIN LATERAL (SELECT languages_for(p, ${who.memberId}::uuid) AS languages) r
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS available FROM (
        SELECT FROM (
          SELECT t.id FROM task t
          LEFT JOIN cursor c
            ON c.member_id = ${who.memberId}::uuid AND c.project_id = t.project_id AND c.batch = t.batch
          WHERE t.project_id = p.id AND p.state = 'active' AND t.state = 'open'
            AND (r.languages IS NULL OR t.language = ANY (r.languages))
            AND t.sort_key > coalesce(c.sort_key, '-infinity')
          UNION ALL
          SELECT t.id FROM task t
          JOIN cursor c ON c.member_id = ${who.memberId}::uuid AND c.project_id = t.project_id AND c.batch = t.batch
          WHERE t.project_id = p.id AND p.state = 'active' AND t.state = 'open' AND t.sort_key <= c.sort_key
            AND (r.languages IS NULL OR t.language = ANY (r.languages))
        ) t
        WHERE (SELECT 1 FROM lease l WHERE l.member_id = ${who.memberId}::uuid AND l.task_id = t.id
               AND l.state IN ('held', 'judged', 'skipped', 'surplus') AND l.slot > 0 LIMIT 1) IS NULL
        LIMIT ${countedAtMost}::int) few
    ) a
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS held FROM lease l
      WHERE l.member_id = ${who.memberId}::uuid AND l.project_id = p.id AND l.state = 'held'
    ) h
    WHERE p.workspace_id = ${who.workspaceId}::uuid AND p.state <> 'archived'
      AND may_work(p.workspace_id, p.id, ${who.memberId}::uuid)
    ORDER BY p.id`;
  return z.array(WorkRow).parse(rows).map(toWorkItem);
}

/** Where a limit is reached, what is open is none of theirs until it ends. */
function toWorkItem({ waits, ...item }: z.infer<typeof WorkRow>): WorkItem {
  if (!waits || isClaimable(waits)) return item;
  return { ...item, available: 0, waiting: 0, waits: z.array(Wait).parse(waits) };
}

/**
 * A version of a project's guideline, and which one is in force; without a number that one itself.
 * @throws DomainError not_found, also where an open link led the annotator elsewhere.
 */
export async function getGuideline(
  db: Database,
  who: Annotator,
  projectId: string,
  wanted?: number,
): Promise<GuidelineView & { inForce: number }> {
  const [row] = await db.$queryRaw<{ allowed: boolean }[]>`
    SELECT may_work(${who.workspaceId}::uuid, ${projectId}::uuid, ${who.memberId}::uuid) AS allowed`;
  const latest = row?.allowed
    ? await db.guideline.findFirst({ where: { projectId }, orderBy: { version: "desc" } })
    : null;
  const guideline =
    latest && wanted !== undefined && wanted !== latest.version
      ? await db.guideline.findFirst({ where: { projectId, version: wanted } })
      : latest;
  if (!latest || !guideline) {
    throw refused("notYours", { kind: "guideline" });
  }
  const { id, version, text, createdAt } = guideline;
  return { id, version, text, createdAt: createdAt.toISOString(), inForce: latest.version };
}
