import type { Database } from "@touchstone/persistence";

interface JudgedTasks {
  readonly projectId: string;
  readonly memberId: string;
  /** Which of a task's places the person takes. */
  readonly slot: number;
  /** How many tasks, in their order, where that place is free. */
  readonly count: number;
}

/** Judgements of many tasks by one person in one statement, as if they had been made by hand, each in nine seconds. */
export async function judgeTasks(db: Database, { projectId, memberId, slot, count }: JudgedTasks): Promise<void> {
  await db.$executeRaw`
    WITH chosen AS (
      SELECT t.* FROM task t WHERE t.project_id = ${projectId}::uuid
        AND NOT EXISTS (SELECT FROM lease l WHERE l.task_id = t.id AND l.slot = ${slot}::int)
      ORDER BY t.sort_key LIMIT ${count}::int),
    held AS (
      INSERT INTO lease (workspace_id, project_id, task_id, member_id, slot, token, state, shown_order, guideline_id, expires_at)
      SELECT c.workspace_id, c.project_id, c.id, ${memberId}::uuid, ${slot}::int, repeat('x', 64), 'judged', '{0,1}',
        (SELECT id FROM guideline WHERE project_id = c.project_id), now() FROM chosen c RETURNING *)
    INSERT INTO judgement (workspace_id, project_id, task_id, lease_id, member_id, guideline_id, answer, shown_order,
      timings, idempotency_key, body_hash)
    SELECT h.workspace_id, h.project_id, h.task_id, h.id, h.member_id, h.guideline_id,
      '{"choice": "graded", "step": 2}', h.shown_order, '{"visibleMs": 9000, "activeMs": 9000, "firstScrollMs": null}',
      gen_random_uuid(), repeat('x', 64) FROM held h`;
}
