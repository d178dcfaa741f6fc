import type { LeftOutMark } from "@touchstone/contracts";
import { LeftOutMark as Mark } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";

interface Judged {
  readonly id: string;
  readonly taskId: string;
  readonly memberId: string;
  readonly projectId: string;
}

const Row = Mark.extend({ subjectId: z.uuid(), projectId: z.uuid() });

/**
 * By what some judgements are left out, each by the narrowest thing: itself, else its item, else whoever made it. What
 * counts for nothing anyway, as it was taken back or came too late, has its mark all the same.
 */
export async function leftOutMarks(
  db: Database,
  judgements: readonly Judged[],
): Promise<(judgement: Judged) => LeftOutMark | null> {
  if (judgements.length === 0) return () => null;
  const rows = await readMarks(db, {
    judgements: judgements.map(({ id }) => id),
    tasks: [...new Set(judgements.map(({ taskId }) => taskId))],
    members: [...new Set(judgements.map(({ memberId }) => memberId))],
    projects: [...new Set(judgements.map(({ projectId }) => projectId))],
  });
  const found = new Map(
    rows.map(({ subjectId, projectId, ...mark }) => [`${projectId} ${subjectId}`, Mark.parse(mark)]),
  );
  return ({ id, taskId, memberId, projectId }) => {
    const [narrowest] = [id, taskId, memberId].flatMap((subject) => found.get(`${projectId} ${subject}`) ?? []);
    return narrowest ?? null;
  };
}

/** By what an item is left out itself; null where it is not. */
export async function leftOutItem(db: Database, taskId: string, projectId: string): Promise<LeftOutMark | null> {
  const [row] = await readMarks(db, { judgements: [], tasks: [taskId], members: [], projects: [projectId] });
  return row ? Mark.parse(row) : null;
}

interface Asked {
  readonly judgements: string[];
  readonly tasks: string[];
  readonly members: string[];
  readonly projects: string[];
}

async function readMarks(db: Database, { judgements, tasks, members, projects }: Asked) {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT coalesce(o.judgement_id, o.task_id, o.member_id) AS "subjectId", o.project_id AS "projectId",
      CASE WHEN o.judgement_id IS NOT NULL THEN 'judgement' WHEN o.task_id IS NOT NULL THEN 'item' ELSE 'member' END AS kind,
      o.reason, o.note, m.name AS by,
      to_char(o.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
    FROM left_out o LEFT JOIN member m ON m.id = o.created_by_id
    WHERE o.judgement_id = ANY (${judgements}::uuid[]) OR o.task_id = ANY (${tasks}::uuid[])
      OR (o.member_id = ANY (${members}::uuid[]) AND o.project_id = ANY (${projects}::uuid[]))`;
  return z.array(Row).parse(rows);
}
