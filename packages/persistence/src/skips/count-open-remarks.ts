import { mostRemarksCounted, OpenRemarks } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { assertProject } from "../projects/queries.ts";

/**
 * How many questions and flags of a project nobody has said to be done with; what was taken back or corrected is not among
 * them. Each part walks the index of the inbox, as far as its bound.
 *
 * @throws DomainError not_found for a project of another workspace.
 */
export async function countOpenRemarks(db: Database, workspaceId: string, projectId: string): Promise<OpenRemarks> {
  await assertProject(db, workspaceId, projectId);
  const [row] = await db.$queryRaw<unknown[]>`
    WITH question AS (
      SELECT i.id FROM inquiry i WHERE i.project_id = ${projectId}::uuid
      ORDER BY i.created_at DESC, i.id DESC LIMIT ${mostRemarksCounted}),
    flag AS (
      (SELECT j.id FROM judgement j
        WHERE j.project_id = ${projectId}::uuid AND j.kind = 'answer' AND j.source = 'person' AND j.flagged
          AND (j.flagged OR j.comment <> '')
          AND NOT EXISTS (SELECT FROM judgement later WHERE later.supersedes_id = j.id)
        ORDER BY j.created_at DESC, j.id DESC LIMIT ${mostRemarksCounted})
      UNION ALL
      (SELECT l.id FROM lease l WHERE l.project_id = ${projectId}::uuid AND l.state = 'skipped' AND l.skip_flagged
        ORDER BY coalesce(l.skipped_at, l.created_at) DESC, l.id DESC LIMIT ${mostRemarksCounted}))
    SELECT
      (SELECT count(*)::int FROM question q
        WHERE NOT EXISTS (SELECT FROM remark_done d WHERE d.project_id = ${projectId}::uuid AND d.remark_id = q.id)) AS questions,
      (SELECT count(*)::int FROM flag f
        WHERE NOT EXISTS (SELECT FROM remark_done d WHERE d.project_id = ${projectId}::uuid AND d.remark_id = f.id)) AS flags`;
  return OpenRemarks.parse(row);
}
