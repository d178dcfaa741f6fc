import type { Database, Transaction } from "@touchstone/persistence";
import { type LabellingProject, labellingProject } from "./labelling-project.ts";

/** Every so many tasks there is one with this in its prompt, its answers, its metadata or what was said of it. */
export const every = { rare: 5_000, zh: 10, test: 20, flagged: 500, commented: 200, differ: 7 } as const;

/**
 * A project with three judgements on each of its tasks, made in a few statements so that there may be a million. All prompts
 * ask about the sky; every `rare`-th one speaks of a wombat, every `zh`-th one is Chinese.
 */
export async function browsableProject(db: Database, tasks: number): Promise<LabellingProject> {
  const project = await labellingProject(db, { tasks: 0, overlap: 3, annotators: 4 });
  const { projectId } = project;
  const people = project.annotators.map(({ memberId }) => memberId);
  await db.$transaction((tx) => fill(tx, projectId, people, tasks), { timeout: 20 * 60_000 });
  await db.$executeRaw`ANALYZE prompt, completion, task, lease, judgement, task_document`;
  return project;
}

async function fill(db: Transaction, projectId: string, people: readonly string[], tasks: number): Promise<void> {
  // Without triggers: asking of each row whether its foreign keys lead somewhere takes most of the time.
  await db.$executeRaw`SET LOCAL session_replication_role = replica`;
  await db.$executeRaw`
    INSERT INTO prompt (workspace_id, project_id, messages, cluster, split, hash, language)
    SELECT p.workspace_id, p.id, jsonb_build_array(jsonb_build_object('role', 'user', 'content',
        CASE WHEN i % ${every.zh}::int = 0 THEN '天空为什么是蓝色的？第' || i || '问' ELSE 'Why is the sky blue? Number ' || i END
        || CASE WHEN i % ${every.rare}::int = 0 THEN ' asked by a wombat' ELSE '' END)),
      'many', (CASE WHEN i % ${every.test}::int = 0 THEN 'test' ELSE 'train' END)::split, 'many' || lpad(i::text, 9, '0'),
      CASE WHEN i % ${every.zh}::int = 0 THEN 'zh' ELSE 'en' END
    FROM project p, generate_series(1, ${tasks}::int) i WHERE p.id = ${projectId}::uuid`;
  await db.$executeRaw`
    INSERT INTO completion (workspace_id, prompt_id, text, key, metadata)
    SELECT p.workspace_id, p.id, CASE k WHEN 1 THEN 'Light is scattered by the air.' ELSE 'Nobody has ever asked that.' END, k::text,
      jsonb_build_object('model', 'model-' || k)
    FROM prompt p, generate_series(1, 2) k WHERE p.project_id = ${projectId}::uuid`;
  await db.$executeRaw`
    INSERT INTO task (workspace_id, project_id, questionnaire_id, prompt_id, completion_ids, overlap, state)
    SELECT p.workspace_id, p.project_id, q.id, p.id,
      ARRAY(SELECT c.id FROM completion c WHERE c.prompt_id = p.id ORDER BY c.key), 3, 'full'
    FROM prompt p JOIN questionnaire q ON q.project_id = p.project_id AND q.name = 'preference'
    WHERE p.project_id = ${projectId}::uuid ORDER BY p.hash`;
  // The last of the people has judged only every thousandth task.
  await db.$executeRaw`
    INSERT INTO lease (workspace_id, project_id, task_id, member_id, slot, token, state, shown_order, guideline_id, expires_at)
    SELECT t.workspace_id, t.project_id, t.id, (${people}::uuid[])[CASE WHEN t.n % 1000 = 0 AND slot = 3 THEN 4 ELSE slot END], slot,
      repeat('x', 64), 'judged', CASE WHEN (t.n + slot) % 2 = 0 THEN '{0,1}' ELSE '{1,0}' END::smallint[], g.id, now()
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM task WHERE project_id = ${projectId}::uuid) t
    JOIN guideline g ON g.project_id = t.project_id, generate_series(1, 3) slot ORDER BY t.n, slot`;
  await db.$executeRaw`
    INSERT INTO judgement (workspace_id, project_id, task_id, lease_id, member_id, guideline_id, answer, shown_order,
      flagged, comment, idempotency_key, body_hash, created_at)
    SELECT l.workspace_id, l.project_id, l.task_id, l.id, l.member_id, l.guideline_id,
      jsonb_build_object('choice', 'graded', 'step',
        CASE WHEN (l.shown_order[1] = 0) <> (t.n % ${every.differ}::int = 0 AND l.slot = 2) THEN 2 ELSE 6 END),
      l.shown_order, t.n % ${every.flagged}::int = 0 AND l.slot = 1,
      CASE WHEN t.n % ${every.commented}::int = 0 AND l.slot = 2 THEN 'hesitated over remark ' || t.n ELSE '' END,
      gen_random_uuid(), repeat('x', 64), now() - make_interval(secs => (${tasks}::int - t.n) * 10)
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM task WHERE project_id = ${projectId}::uuid) t
    JOIN lease l ON l.task_id = t.id ORDER BY t.n, l.slot`;
  await db.$executeRaw`SELECT write_task_documents(array_agg(id ORDER BY id)) FROM task WHERE project_id = ${projectId}::uuid`;
  await db.$executeRaw`
    UPDATE task_document d SET document = d.document || array_to_tsvector(CASE WHEN said.flagged THEN ARRAY['/flagged'] ELSE '{}' END)
      || search_words(said.texts)
    FROM (
      SELECT j.task_id, bool_or(j.flagged) AS flagged, string_agg(written_in(j.comment, j.answer), ' ') AS texts
      FROM judgement j WHERE j.project_id = ${projectId}::uuid AND (j.flagged OR j.comment <> '') GROUP BY j.task_id) said
    WHERE d.task_id = said.task_id`;
}
