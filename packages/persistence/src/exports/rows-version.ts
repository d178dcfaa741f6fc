import type { Database } from "../client.ts";

/**
 * Changes whenever the rows do that an export would have: an undo takes a judgement away, a new one brings the newest id, and
 * what is left out is known by the newest of its rows. Of a label set only what was deleted can change them.
 */
export async function exportedRowsVersion(
  db: Database,
  of: { readonly projectId: string; readonly labelSetId: string | null; readonly includeSimulated: boolean },
): Promise<string> {
  const { projectId, labelSetId, includeSimulated } = of;
  if (labelSetId !== null) return String(await db.labelSetTombstone.count({ where: { labelSetId } }));
  const [row] = await db.$queryRaw<{ count: bigint; last: string | null; left: string | null }[]>`
    SELECT count(*) AS count, max(e.id::text) AS last,
      (SELECT max(o.id::text) FROM left_out o WHERE o.project_id = ${projectId}::uuid) AS left
    FROM effective_judgement e
    WHERE e.project_id = ${projectId}::uuid AND (${includeSimulated} OR e.source <> 'simulated')`;
  return [row?.count ?? 0, row?.last ?? "none", row?.left ?? "none"].join(".");
}
