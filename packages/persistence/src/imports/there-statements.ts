/** Statements over staged identities (`stage-identities.ts`) that only read. $1 is the workspace and $2 the project. */

export const hasPrompts = "SELECT EXISTS (SELECT FROM prompt WHERE workspace_id = $1 AND project_id = $2) AS has";

export const createThere = `
CREATE TEMPORARY TABLE there_task (
  row integer, place integer, questionnaire_id uuid, prompt_id uuid, sorted_ids uuid[], item text NOT NULL, votes jsonb
) ON COMMIT DROP`;

/**
 * $3 is the name of a questionnaire that comes with the rows, $4 what it asks: the version that an import would take. Without
 * one an import makes another version, and nothing asks by it yet.
 */
export const findBrought = `
INSERT INTO import_questionnaire
SELECT $3, (SELECT id FROM questionnaire WHERE workspace_id = $1 AND project_id = $2 AND name = $3 AND questions = $4::jsonb
  ORDER BY version DESC LIMIT 1)`;

/** As an import stages its tasks, each with its row. */
export const stageThere = `
WITH asked AS MATERIALIZED (
  SELECT l.row, p.id AS prompt_id, q.id AS questionnaire_id, t.place, t.value, s.index::int AS side
  FROM import_line l
  JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
  CROSS JOIN jsonb_array_elements(l.data -> 'tasks') WITH ORDINALITY AS t(value, place)
  JOIN import_questionnaire q ON q.name = t.value ->> 'questionnaire'
  LEFT JOIN LATERAL jsonb_array_elements_text(t.value -> 'sides') AS s(index) ON true
)
INSERT INTO there_task
SELECT a.row, a.place, any_value(a.questionnaire_id), any_value(a.prompt_id),
  coalesce(array_agg(c.completion_id ORDER BY c.completion_id) FILTER (WHERE c.completion_id IS NOT NULL), '{}'),
  coalesce(any_value(a.value ->> 'item'), ''), any_value(a.value -> 'votes')
FROM asked a LEFT JOIN import_side c ON c.row = a.row AND c.place = a.side
GROUP BY a.row, a.place`;

/** Rows of which the prompt, every answer, every task and every voice are there. */
export const countThere = `
WITH existing AS MATERIALIZED (
  SELECT t.id, t.questionnaire_id, t.prompt_id, coalesce(t.external_id, '') AS item, sides.sorted
  FROM task t
  CROSS JOIN LATERAL (SELECT ARRAY(SELECT c FROM unnest(t.completion_ids) AS c ORDER BY c) AS sorted) AS sides
  WHERE t.prompt_id IN (SELECT prompt_id FROM there_task) AND t.workspace_id = $1 AND t.project_id = $2
    AND t.evaluation_id IS NULL
), met AS (
  SELECT DISTINCT ON (n.row, n.place) n.row, n.place, n.votes, e.id AS task_id
  FROM there_task n JOIN existing e ON e.questionnaire_id = n.questionnaire_id AND e.prompt_id = n.prompt_id
    AND e.sorted = n.sorted_ids AND e.item = n.item
  ORDER BY n.row, n.place, e.id
), heard AS (
  SELECT m.row, m.place, bool_and(voice.there IS NOT NULL) AS complete
  FROM met m CROSS JOIN jsonb_array_elements(m.votes) AS v
  LEFT JOIN import_annotator a ON a.annotator = v.value ->> 'annotator'
  LEFT JOIN LATERAL (
    SELECT true AS there FROM lease l WHERE l.member_id = a.member_id AND l.task_id = m.task_id
      AND l.state IN ('held', 'judged', 'skipped', 'surplus') AND l.slot > 0 LIMIT 1) AS voice ON true
  GROUP BY m.row, m.place
), task_there AS (
  SELECT m.row, count(*) AS number FROM met m LEFT JOIN heard h ON h.row = m.row AND h.place = m.place
  WHERE coalesce(h.complete, true) GROUP BY m.row
), side_there AS (
  SELECT s.row, count(*) AS number FROM import_side s JOIN import_line l ON l.row = s.row
  WHERE s.has_text OR l.data -> 'sides' -> s.place -> 'full' = 'false' GROUP BY s.row
)
SELECT count(*)::int AS rows FROM import_line l
JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
LEFT JOIN task_there t ON t.row = l.row LEFT JOIN side_there s ON s.row = l.row
WHERE coalesce(t.number, 0) = jsonb_array_length(l.data -> 'tasks')
  AND coalesce(s.number, 0) = jsonb_array_length(l.data -> 'sides')`;

/** The newest import that brought these bytes, $3. */
export const findSameFile = `
SELECT i.id, i.created_at AS at, m.name AS by, i.file_name AS "fileName"
FROM import_receipt r JOIN import i ON i.id = r.import_id
LEFT JOIN member m ON m.workspace_id = i.workspace_id AND m.id = i.member_id
WHERE r.workspace_id = $1 AND r.project_id = $2 AND r.sha256 = $3 ORDER BY i.id DESC LIMIT 1`;
