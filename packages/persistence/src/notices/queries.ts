import { NoticeList } from "@touchstone/contracts";
import { z } from "zod";
import type { MemberActor } from "../audit/record.ts";
import type { Database } from "../client.ts";

/** Older ones nobody looks for here: the project itself says how it stands. */
const latest = 50;

const Row = z.object({ item: z.unknown(), unread: z.number() });

/** The latest notices of a workspace, newest first, and how many this member has not read. */
export async function listNotices(db: Database, { workspaceId, id }: MemberActor): Promise<NoticeList> {
  const rows = await db.$queryRaw<unknown[]>`
    WITH reader AS (SELECT coalesce(notices_read_at, created_at) AS read_at FROM member WHERE id = ${id}::uuid)
    SELECT jsonb_build_object(
      'id', n.id, 'projectId', n.project_id, 'project', p.name, 'batch', n.batch, 'fileName', i.file_name,
      'tasks', n.tasks, 'judgements', n.judgements, 'webhookHost', n.webhook_host, 'read', n.created_at <= reader.read_at,
      'createdAt', to_char(n.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS item,
      (SELECT count(*)::int FROM notice u WHERE u.workspace_id = ${workspaceId}::uuid AND u.created_at > reader.read_at) AS unread
    FROM reader, notice n JOIN project p ON p.id = n.project_id AND p.deleted_at IS NULL LEFT JOIN import i ON i.id = n.import_id
    WHERE n.workspace_id = ${workspaceId}::uuid
    ORDER BY n.created_at DESC, n.id DESC LIMIT ${latest}::int`;
  const found = z.array(Row).parse(rows);
  return NoticeList.parse({ items: found.map(({ item }) => item), unread: found[0]?.unread ?? 0 });
}

/** What came up to then is read; never less than before, whichever of two windows says it last. */
export async function readNotices(db: Database, { id }: MemberActor, upTo: string): Promise<void> {
  await db.$executeRaw`
    UPDATE member SET notices_read_at = greatest(notices_read_at, least(${upTo}::timestamptz, now()))
    WHERE id = ${id}::uuid`;
}
