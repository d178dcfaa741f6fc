import type pg from "pg";

/** What was there already and this import uses too: another import's undo leaves it. $1 is the import, $2 the project. */
const metRows = `
INSERT INTO import_met (import_id, row_id, overlap, state)
SELECT $1::uuid, p.id, NULL::integer, NULL::task_state FROM prompt p
WHERE p.project_id = $2 AND p.import_id IS DISTINCT FROM $1 AND p.id IN (SELECT prompt_id FROM import_task)
UNION ALL
SELECT $1, p.id, NULL, NULL FROM prompt p JOIN (SELECT DISTINCT hash FROM import_line) l ON l.hash = p.hash
WHERE p.project_id = $2 AND p.import_id IS DISTINCT FROM $1 AND p.id NOT IN (SELECT prompt_id FROM import_task)
UNION ALL
SELECT DISTINCT $1, c.id, NULL::integer, NULL::task_state
FROM import_line l JOIN prompt p ON p.project_id = $2 AND p.hash = l.hash
CROSS JOIN jsonb_array_elements(l.data -> 'sides') AS s
JOIN completion c ON c.prompt_id = p.id AND c.key = s.value ->> 'key'
WHERE c.import_id IS DISTINCT FROM $1
UNION ALL
SELECT $1, t.id, t.overlap, t.state FROM task t WHERE t.id IN (SELECT task_id FROM import_item WHERE NOT fresh)
UNION ALL
SELECT DISTINCT $1, j.id, NULL::integer, NULL::task_state
FROM import_task n
JOIN import_item i ON i.questionnaire_id = n.questionnaire_id AND i.prompt_id = n.prompt_id AND i.sorted_ids = n.sorted_ids
  AND i.item = n.item
CROSS JOIN jsonb_array_elements(n.votes) AS v
JOIN import_annotator a ON a.annotator = v.value ->> 'annotator'
JOIN judgement j ON j.task_id = i.task_id AND j.member_id = a.member_id
WHERE j.import_id IS DISTINCT FROM $1`;

/** Notes what an import has met, before its votes change the tasks that were there. */
export async function noteMet(client: pg.PoolClient, importId: string, projectId: string): Promise<void> {
  await client.query(metRows, [importId, projectId]);
}
