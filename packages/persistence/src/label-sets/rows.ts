import { LabelSetRow } from "@touchstone/contracts";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { assertProject } from "../projects/queries.ts";
import { latestOf } from "./latest.ts";

/**
 * A page of a project's label sets, newest first; `cursor` is the last one of the page before.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function listLabelSets(
  db: Database,
  workspaceId: string,
  projectId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: LabelSetRow[]; next: string | null }> {
  await assertProject(db, workspaceId, projectId);
  const before = cursor === undefined ? Prisma.empty : Prisma.sql`AND s.id < ${cursor}::uuid`;
  const which = Prisma.sql`s.project_id = ${projectId}::uuid ${before} ORDER BY s.id DESC LIMIT ${limit + 1}`;
  const rows = await readLabelSetRows(db, which);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** @param which the rest of a statement, from its condition on, on a `label_set` s. */
export async function readLabelSetRows(
  db: Pick<Database, "$queryRaw"> | Transaction,
  which: Prisma.Sql,
): Promise<LabelSetRow[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT s.id, n.name, s.sha256, coalesce((s.counts ->> 'judgements')::int, 0) AS judgements,
      s.includes_simulated AS "includesSimulated",
      (SELECT count(*)::int FROM label_set_tombstone t WHERE t.label_set_id = s.id) AS deleted,
      to_char(s.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt", m.name AS "madeBy",
      coalesce(s.id = ${latestOf(Prisma.sql`s.project_id`)}, false) AS latest,
      (SELECT count(*)::int FROM run r WHERE r.label_set_id = s.id AND r.workspace_id = s.workspace_id) AS runs,
      (SELECT count(*)::int FROM label_set_file f WHERE f.label_set_id = s.id) AS files
    FROM label_set s
    LEFT JOIN label_set_note n ON n.label_set_id = s.id
    LEFT JOIN member m ON m.id = n.made_by_id
    WHERE ${which}`;
  return rows.map((row) => LabelSetRow.parse(row));
}
