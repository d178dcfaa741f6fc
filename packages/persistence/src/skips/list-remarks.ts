import { DomainError, type RemarkQuery, RemarkView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { assertProject } from "../projects/queries.ts";

/**
 * A project's inbox, newest first: skips, judgements with a flag or a comment, and questions. What was taken back is not
 * among it. `cursor` is the id of the last one before.
 *
 * @throws DomainError not_found for a project or a cursor of another workspace.
 */
export async function listRemarks(
  db: Database,
  workspaceId: string,
  projectId: string,
  { cursor, limit, silentSkips, kind, state }: RemarkQuery,
): Promise<{ items: RemarkView[]; next: string | null }> {
  await assertProject(db, workspaceId, projectId);
  const before = cursor === undefined ? { at: new Date("9999-12-31"), id: lastId } : await place(db, projectId, cursor);
  const wants = (one: "question" | "judgement" | "skip") =>
    kind === "all" || kind === one || (kind === undefined && one !== "question");
  const which = state ?? null;
  // Each part walks its own index and stops after one page.
  const rows = await db.$queryRaw<object[]>`
    WITH remark AS (
      (SELECT l.id, 'skip' AS kind, coalesce(l.skipped_at, l.created_at) AS at, l.task_id, l.member_id, NULL::jsonb AS answer,
          l.skip_reason AS reason, coalesce(l.skip_flagged, false) AS flagged, coalesce(l.skip_comment, '') AS comment
        FROM lease l
        WHERE ${wants("skip")} AND l.project_id = ${projectId}::uuid AND l.state = 'skipped'
          AND (${which}::text IS NULL OR (${which} = 'done') =
            EXISTS (SELECT FROM remark_done d WHERE d.project_id = l.project_id AND d.remark_id = l.id))
          AND (${silentSkips === "true"} OR l.skip_flagged OR l.skip_comment <> '' OR l.skip_reason <> 'sensitive')
          AND (coalesce(l.skipped_at, l.created_at), l.id) < (${before.at}, ${before.id}::uuid)
        ORDER BY coalesce(l.skipped_at, l.created_at) DESC, l.id DESC LIMIT ${limit + 1})
      UNION ALL
      (SELECT j.id, 'judgement', j.created_at, j.task_id, j.member_id, j.answer, NULL, j.flagged, j.comment
        FROM judgement j
        WHERE ${wants("judgement")} AND j.project_id = ${projectId}::uuid AND j.kind = 'answer'
          AND (${which}::text IS NULL OR (${which} = 'done') =
            EXISTS (SELECT FROM remark_done d WHERE d.project_id = j.project_id AND d.remark_id = j.id))
          AND j.source = 'person'
          AND (j.flagged OR j.comment <> '')
          AND NOT EXISTS (SELECT FROM judgement later WHERE later.supersedes_id = j.id)
          AND (j.created_at, j.id) < (${before.at}, ${before.id}::uuid)
        ORDER BY j.created_at DESC, j.id DESC LIMIT ${limit + 1})
      UNION ALL
      (SELECT i.id, 'question', i.created_at, i.task_id, i.member_id, NULL, NULL, false, i.text
        FROM inquiry i
        WHERE ${wants("question")} AND i.project_id = ${projectId}::uuid
          AND (${which}::text IS NULL OR (${which} = 'done') =
            EXISTS (SELECT FROM remark_done d WHERE d.project_id = i.project_id AND d.remark_id = i.id))
          AND (i.created_at, i.id) < (${before.at}, ${before.id}::uuid)
        ORDER BY i.created_at DESC, i.id DESC LIMIT ${limit + 1}))
    SELECT r.id, r.kind, r.task_id AS "taskId", q.questions,
      answers_of(r.answer, q.questions) AS answers, r.reason, r.flagged, r.comment,
      jsonb_build_object('id', m.id, 'name', m.name, 'kind', m.kind) AS member, p.messages AS prompt,
      CASE o.blur WHEN 'everything' THEN true WHEN 'never' THEN false ELSE p.sensitive END AS blurred,
      to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt",
      EXISTS (SELECT FROM remark_done d WHERE d.project_id = ${projectId}::uuid AND d.remark_id = r.id) AS done,
      CASE r.kind WHEN 'question' THEN (SELECT inquiry_view(i) -> 'answer' FROM inquiry i WHERE i.id = r.id) END AS answer
    FROM remark r
    JOIN member m ON m.id = r.member_id
    JOIN task t ON t.id = r.task_id
    JOIN questionnaire q ON q.id = t.questionnaire_id
    JOIN prompt p ON p.id = t.prompt_id
    JOIN project o ON o.id = t.project_id
    ORDER BY r.at DESC, r.id DESC LIMIT ${limit + 1}`;
  const items = rows.slice(0, limit).map((row) => RemarkView.parse(row));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const lastId = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** Where a page ended. A skip that was taken back since is no longer in the list, but its lease still tells. */
async function place(db: Database, projectId: string, id: string): Promise<{ at: Date; id: string }> {
  const judgement = await db.judgement.findFirst({ where: { projectId, id }, select: { createdAt: true } });
  if (judgement) return { at: judgement.createdAt, id };
  const lease = await db.lease.findFirst({ where: { projectId, id }, select: { skippedAt: true, createdAt: true } });
  if (lease) return { at: lease.skippedAt ?? lease.createdAt, id };
  const inquiry = await db.inquiry.findFirst({ where: { projectId, id }, select: { createdAt: true } });
  if (inquiry) return { at: inquiry.createdAt, id };
  throw new DomainError("not_found", "This page follows a remark that is not here.", { path: "cursor" });
}
