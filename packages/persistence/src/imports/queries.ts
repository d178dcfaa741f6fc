import { ImportListItem } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { assertProject } from "../projects/queries.ts";
import { toImportView } from "./view.ts";

const Standing = z.object({
  id: z.string(),
  tracked: z.boolean(),
  memberName: z.string().nullable(),
  tasksOpen: z.number(),
  tasksClosed: z.number(),
  judgementsSince: z.number(),
  tasksJudgedSince: z.number(),
  labelSets: z.number(),
});

/** The last 200 imports of a project, newest first, and how they stand. @throws DomainError not_found. */
export async function listImports(db: Database, workspaceId: string, projectId: string): Promise<ImportListItem[]> {
  await assertProject(db, workspaceId, projectId);
  return importsWithStanding(
    db,
    await db.import.findMany({ where: { workspaceId, projectId }, orderBy: { id: "desc" }, take: 200 }),
  );
}

/** Rows of imports with how each stands. */
export async function importsWithStanding(
  db: Database,
  rows: readonly { readonly id: string }[],
): Promise<ImportListItem[]> {
  const standings = new Map(
    (
      await standingsOf(
        db,
        rows.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  );
  return rows.map((row) => ImportListItem.parse({ ...standings.get(row.id), ...toImportView(row) }));
}

async function standingsOf(db: Database, ids: readonly string[]) {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT i.id, i.tracked, m.name AS "memberName", t.*, j.*, s.*
    FROM import i LEFT JOIN member m ON m.id = i.member_id
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE t.state <> 'paused')::int AS "tasksOpen",
        count(*) FILTER (WHERE t.state = 'paused' AND NOT EXISTS (
          SELECT FROM completion c WHERE c.id = ANY (t.completion_ids) AND c.text IS NULL AND c.media IS NULL))::int AS "tasksClosed"
      FROM task t WHERE t.import_id = i.id) t
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "judgementsSince", count(DISTINCT j.task_id)::int AS "tasksJudgedSince"
      FROM standing_judgement j JOIN task k ON k.id = j.task_id
      WHERE k.import_id = i.id AND j.source <> 'imported') j
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT l.label_set_id)::int AS "labelSets"
      FROM label_set_item l JOIN judgement v ON v.id = l.judgement_id WHERE v.import_id = i.id) s
    WHERE i.id = ANY (${[...ids]}::uuid[])`;
  return z.array(Standing).parse(rows);
}
