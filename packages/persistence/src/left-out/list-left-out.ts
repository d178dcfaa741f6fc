import { LeftOutAct, LeftOutCounts } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { assertProject } from "../projects/queries.ts";

/** As the rows of Browse show a prompt. */
const excerptCharacters = 200;

/**
 * What is left out of a project, by the command that left it out, newest first; and how many judgements that is, by why.
 * `cursor` is the last command of the page before.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function listLeftOut(
  db: Database,
  workspaceId: string,
  projectId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: LeftOutAct[]; next: string | null; counts: LeftOutCounts }> {
  await assertProject(db, workspaceId, projectId);
  const [rows, counts] = await Promise.all([
    readActs(db, projectId, cursor, limit + 1),
    countLeftOut(db, { projectId, includeSimulated: true, includeEvaluations: true }),
  ]);
  const items = rows.slice(0, limit).map((row) => LeftOutAct.parse(row));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null, counts };
}

async function readActs(
  db: Database,
  projectId: string,
  cursor: string | undefined,
  limit: number,
): Promise<unknown[]> {
  return db.$queryRaw<unknown[]>`
    WITH act AS MATERIALIZED (
      SELECT o.act_id AS id, count(*)::int AS count, any_value(o.reason) AS reason, any_value(o.note) AS note,
        any_value(o.created_by_id) AS by_id, min(o.created_at) AS at,
        (array_agg(o.member_id))[1] AS member_id, (array_agg(o.task_id))[1] AS task_id,
        (array_agg(o.judgement_id))[1] AS judgement_id
      FROM left_out o
      WHERE o.project_id = ${projectId}::uuid AND (${cursor ?? null}::uuid IS NULL OR o.act_id < ${cursor ?? null}::uuid)
      GROUP BY o.act_id ORDER BY o.act_id DESC LIMIT ${limit}::int)
    SELECT a.id, a.count, a.reason, a.note, w.name AS by,
      CASE WHEN a.member_id IS NOT NULL THEN 'member' WHEN a.task_id IS NOT NULL THEN 'item' ELSE 'judgement' END AS kind,
      CASE WHEN a.count = 1 THEN jsonb_build_object(
        'id', coalesce(a.member_id, a.task_id, a.judgement_id),
        'label', coalesce(m.name, left(p.messages -> -1 ->> 'content', ${excerptCharacters}::int), '')) END AS subject,
      covered.judgements,
      to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
    FROM act a
    LEFT JOIN member w ON w.id = a.by_id
    LEFT JOIN member m ON m.id = a.member_id
    LEFT JOIN judgement j ON j.id = a.judgement_id
    LEFT JOIN task t ON a.count = 1 AND t.id = coalesce(a.task_id, j.task_id)
    LEFT JOIN prompt p ON p.id = t.prompt_id
    CROSS JOIN LATERAL (
      SELECT count(s.id)::int AS judgements FROM left_out o
      JOIN LATERAL (
        SELECT s.id FROM standing_judgement s WHERE s.id = o.judgement_id
        UNION ALL SELECT s.id FROM standing_judgement s WHERE s.task_id = o.task_id
        UNION ALL SELECT s.id FROM standing_judgement s WHERE s.member_id = o.member_id AND s.project_id = o.project_id) s ON true
      WHERE o.project_id = ${projectId}::uuid AND o.act_id = a.id) covered
    ORDER BY a.id DESC`;
}

export interface LeftOutScope {
  readonly projectId: string;
  readonly includeSimulated: boolean;
  /** Pairs of blind evaluations, which label sets of runs never hold. */
  readonly includeEvaluations: boolean;
  /** Only the judgements of these tasks; left out, of all. */
  readonly tasks?: readonly string[] | undefined;
}

/** How many judgements stand and don't count, by why: each once, by the narrowest thing with which it is left out. */
export async function countLeftOut(db: Pick<Database, "$queryRaw">, scope: LeftOutScope): Promise<LeftOutCounts> {
  return LeftOutCounts.parse(await db.$queryRaw<unknown[]>(leftOutByReason(scope)));
}

/** The same as a statement, for who counts by the snapshot of another one. */
export function leftOutByReason(scope: LeftOutScope): Prisma.Sql {
  const { projectId, includeSimulated, includeEvaluations, tasks } = scope;
  return Prisma.sql`
    SELECT o.reason, count(*)::int AS judgements FROM left_out_judgement o
    WHERE o.project_id = ${projectId}::uuid AND (${includeSimulated} OR o.source <> 'simulated')
      AND (${includeEvaluations} OR o.evaluation_id IS NULL)
      ${tasks ? Prisma.sql`AND o.task_id = ANY (${[...tasks]}::uuid[])` : Prisma.empty}
    GROUP BY o.reason ORDER BY 2 DESC, 1`;
}

/** How many judgements that is, whatever the reason. */
export function sumOfLeftOut(counts: LeftOutCounts): number {
  return counts.reduce((sum, { judgements }) => sum + judgements, 0);
}
