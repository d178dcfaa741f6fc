import type { Database, Transaction } from "@touchstone/persistence";
import { type LabellingProject, labellingProject } from "../../harness/labelling-project.ts";
import { randomText } from "../random-text.ts";

export const judgementsOfATask = 3;
const words = 300;
/** Different answers are made of so many texts, each with a number of its own behind it. */
const texts = 500;

/** A project of so many judgements, three on each task, each about two answers of 300 words. */
export async function judgedTexts(db: Database, judgements: number): Promise<LabellingProject> {
  const tasks = Math.ceil(judgements / judgementsOfATask);
  const project = await labellingProject(db, { tasks: 0, overlap: judgementsOfATask, annotators: judgementsOfATask });
  await db.$transaction((tx) => fill(tx, project, tasks), { timeout: 30 * 60_000 });
  return project;
}

async function fill(db: Transaction, { projectId, annotators }: LabellingProject, tasks: number): Promise<void> {
  const people = annotators.map(({ memberId }) => memberId);
  const pool = Array.from({ length: texts }, (_, place) => randomText(words, `answer ${place}`));
  // Without triggers: asking of each row whether its foreign keys lead somewhere takes most of the time.
  await db.$executeRaw`SET LOCAL session_replication_role = replica`;
  await db.$executeRaw`
    INSERT INTO prompt (workspace_id, project_id, messages, cluster, split, hash)
    SELECT p.workspace_id, p.id, jsonb_build_array(jsonb_build_object('role', 'user', 'content', 'Why is the sky blue? Number ' || i)),
      'long' || i, (CASE WHEN i % 20 = 0 THEN 'test' ELSE 'train' END)::split, 'long' || i
    FROM project p, generate_series(1, ${tasks}::int) i WHERE p.id = ${projectId}::uuid`;
  await db.$executeRaw`
    INSERT INTO completion (workspace_id, prompt_id, text, key, metadata)
    SELECT p.workspace_id, p.id, (${pool}::text[])[1 + (p.n * 2 + k) % ${texts}::int] || ' ' || p.n, k::text,
      jsonb_build_object('model', 'model-' || k)
    FROM (SELECT *, row_number() OVER () AS n FROM prompt WHERE project_id = ${projectId}::uuid) p, generate_series(1, 2) k`;
  await db.$executeRaw`
    INSERT INTO task (workspace_id, project_id, questionnaire_id, prompt_id, completion_ids, overlap, state)
    SELECT p.workspace_id, p.project_id, q.id, p.id, c.ids, ${judgementsOfATask}::int, 'full'
    FROM prompt p JOIN questionnaire q ON q.project_id = p.project_id AND q.name = 'preference'
    JOIN LATERAL (SELECT array_agg(id ORDER BY key) AS ids FROM completion WHERE prompt_id = p.id) c ON true
    WHERE p.project_id = ${projectId}::uuid`;
  await db.$executeRaw`
    INSERT INTO lease (workspace_id, project_id, task_id, member_id, slot, token, state, shown_order, guideline_id, expires_at)
    SELECT t.workspace_id, t.project_id, t.id, (${people}::uuid[])[slot], slot, repeat('x', 64), 'judged',
      CASE WHEN (t.n + slot) % 2 = 0 THEN '{0,1}' ELSE '{1,0}' END::smallint[], g.id, now()
    FROM (SELECT *, row_number() OVER () AS n FROM task WHERE project_id = ${projectId}::uuid) t
    JOIN guideline g ON g.project_id = t.project_id, generate_series(1, ${judgementsOfATask}::int) slot`;
  await db.$executeRaw`
    INSERT INTO judgement (workspace_id, project_id, task_id, lease_id, member_id, guideline_id, answer, shown_order,
      flagged, comment, timings, idempotency_key, body_hash)
    SELECT workspace_id, project_id, task_id, id, member_id, guideline_id,
      jsonb_build_object('choice', 'graded', 'step', 1 + slot * 2), shown_order, false, '',
      '{"visibleMs": 9000, "activeMs": 9000, "firstScrollMs": null}', gen_random_uuid(), repeat('x', 64)
    FROM lease WHERE project_id = ${projectId}::uuid`;
}
