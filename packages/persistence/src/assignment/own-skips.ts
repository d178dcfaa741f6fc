import { DomainError, OwnSkip } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { assertMayWork } from "../guidance/may-work.ts";
import type { Annotator } from "./annotator.ts";
import { before, excerptCharacters } from "./own-answers.ts";
import { undoMinutes } from "./undo-window.ts";

/**
 * A page of what this annotator has skipped in a project and not taken back, newest first. `cursor` is the id of the last
 * one before, which may have been taken back since.
 *
 * @throws DomainError not_found for a project or a cursor that is not there for them.
 */
export async function listOwnSkips(
  db: Database,
  who: Annotator,
  projectId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: OwnSkip[]; next: string | null }> {
  await assertMayWork(db, who, projectId);
  const from = cursor === undefined ? before : await place(db, who, projectId, cursor);
  const rows = await db.$queryRaw<object[]>`
    SELECT l.id, l.task_id AS "taskId",
      CASE p.blur WHEN 'everything' THEN true WHEN 'never' THEN false ELSE m.sensitive END AS blurred,
      left(coalesce(m.messages -> -1 ->> 'content', ''), ${excerptCharacters}::int) AS excerpt, m.language,
      coalesce(l.skip_flagged, false) AS flagged, coalesce(l.skip_comment, '') <> '' AS commented, l.skip_reason AS reason,
      p.state NOT IN ('ended', 'archived') AND l.skipped_at IS NOT NULL
        AND l.skipped_at >= clock_timestamp() - make_interval(mins => ${undoMinutes}::int) AS undoable,
      to_char(coalesce(l.skipped_at, l.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
    FROM lease l
    JOIN task t ON t.id = l.task_id
    JOIN prompt m ON m.id = t.prompt_id
    JOIN project p ON p.id = l.project_id
    WHERE l.member_id = ${who.memberId}::uuid AND l.project_id = ${projectId}::uuid AND l.state = 'skipped'
      AND (coalesce(l.skipped_at, l.created_at), l.id) < (${from.at}, ${from.id}::uuid)
    ORDER BY coalesce(l.skipped_at, l.created_at) DESC, l.id DESC LIMIT ${limit + 1}`;
  const items = rows.slice(0, limit).map((row) => OwnSkip.parse(row));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

async function place(db: Database, { memberId }: Annotator, projectId: string, id: string) {
  const select = { skippedAt: true, createdAt: true } as const;
  const last = await db.lease.findFirst({ where: { projectId, memberId, id }, select });
  if (!last) throw new DomainError("not_found", "This page follows a skip that is not here.", { path: "cursor" });
  return { at: last.skippedAt ?? last.createdAt, id };
}
