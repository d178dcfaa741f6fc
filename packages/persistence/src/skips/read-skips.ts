import type { Questions, SkipReason } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import type { MemberKind } from "../generated/client.ts";
import { type ShownTask, type ShownTaskRow, tasksInContext } from "../label-sets/tasks-in-context.ts";

/** A task that somebody has passed by, with what was said about it then. */
export interface SkippedTask extends ShownTask {
  /** Of the lease: a task is skipped once by a member. */
  readonly skipId: string;
  readonly taskId: string;
  readonly promptId: string;
  readonly questions: Questions;
  readonly source: MemberKind;
  readonly evaluationId: string | null;
  readonly reason: SkipReason | null;
  readonly flagged: boolean;
  readonly comment: string;
  readonly guidelineVersion: number;
  readonly createdAt: Date;
}

interface Row extends ShownTaskRow {
  readonly skipId: string;
  readonly questions: Questions;
  readonly source: MemberKind;
  readonly reason: SkipReason | null;
  readonly flagged: boolean;
  readonly comment: string;
  readonly guidelineVersion: number;
  readonly createdAt: Date;
}

const batchSize = 2_000;

/** The skips of a project that stand, oldest first; one that was taken back is none. Read live, a batch at a time. */
export async function* readSkips(
  db: Database,
  projectId: string,
  includeSimulated: boolean,
): AsyncGenerator<SkippedTask> {
  let after = { at: new Date(0), id: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const rows = await readBatch(db, projectId, includeSimulated, after);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = { at: last.createdAt, id: last.skipId };
    const shown = await tasksInContext(db, rows);
    for (const row of rows) yield toSkippedTask(row, shown(row));
  }
}

async function readBatch(
  db: Database,
  projectId: string,
  includeSimulated: boolean,
  after: { at: Date; id: string },
): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT l.id AS "skipId", l.workspace_id AS "workspaceId", l.member_id AS "memberId", l.shown_order AS "shownOrder",
      m.kind AS source, l.skip_reason AS reason, coalesce(l.skip_flagged, false) AS flagged,
      coalesce(l.skip_comment, '') AS comment, coalesce(l.skipped_at, l.created_at) AS "createdAt",
      g.version AS "guidelineVersion", t.id AS "taskId", t.prompt_id AS "promptId", t.completion_ids AS "completionIds",
      t.evaluation_id AS "evaluationId", t.external_id AS "externalId", t.metadata AS "taskMetadata",
      q.questions
    FROM lease l
    JOIN member m ON m.id = l.member_id
    JOIN guideline g ON g.id = l.guideline_id
    JOIN task t ON t.id = l.task_id
    JOIN questionnaire q ON q.id = t.questionnaire_id
    WHERE l.project_id = ${projectId}::uuid AND l.state = 'skipped' AND (${includeSimulated} OR m.kind <> 'simulated')
      AND (coalesce(l.skipped_at, l.created_at), l.id) > (${after.at}, ${after.id}::uuid)
    ORDER BY coalesce(l.skipped_at, l.created_at), l.id LIMIT ${batchSize}`;
}

function toSkippedTask(row: Row, task: ShownTask): SkippedTask {
  const { skipId, taskId, promptId, questions, source, evaluationId } = row;
  const { reason, flagged, comment, guidelineVersion, createdAt } = row;
  const identity = { skipId, taskId, promptId, questions, source, evaluationId };
  return { ...task, ...identity, reason, flagged, comment, guidelineVersion, createdAt };
}
