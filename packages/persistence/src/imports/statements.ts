/** Slots are 16-bit integers. */
const lastSlot = 32_767;

/**
 * An import is a handful of statements over temporary tables that go with its transaction. Unless it says otherwise,
 * $1 is the workspace and $2 the project. Each reads what the former ones wrote.
 */
export const createStaging = `
CREATE TEMPORARY TABLE import_line (
  row integer GENERATED ALWAYS AS IDENTITY, line integer, hash text, data jsonb
) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_side (
  row integer, place integer, completion_id uuid, has_text boolean, PRIMARY KEY (row, place)
) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_questionnaire (name text PRIMARY KEY, id uuid) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_task (
  line integer, place integer, questionnaire_id uuid, prompt_id uuid, completion_ids uuid[], sorted_ids uuid[], has_text boolean,
  item text NOT NULL, gold text, kept jsonb, votes jsonb
) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_item (
  task_id uuid, fresh boolean, questionnaire_id uuid, prompt_id uuid, completion_ids uuid[], sorted_ids uuid[], has_text boolean,
  item text NOT NULL, gold text, kept jsonb
) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_annotator (annotator text, member_id uuid) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_vote (
  task_id uuid, member_id uuid, answer jsonb, shown_order smallint[], slot integer, lease_id uuid, judgement_id uuid,
  comment text, flagged boolean, origin jsonb
) ON COMMIT DROP;`;

/**
 * Lines of an export of this very project: their judgements are here already, whoever made them and whether they still
 * count, or their answer is. They are left out whole. @returns how many votes that were.
 */
export const leaveOutKnown = `
WITH known AS (
  SELECT l.ctid AS place, l.data -> 'tasks' -> 0 -> 'votes' AS votes FROM import_line l
  WHERE EXISTS (SELECT FROM judgement j WHERE j.workspace_id = $1 AND j.project_id = $2
      AND j.id = CASE WHEN pg_input_is_valid(l.data ->> 'label', 'uuid') THEN (l.data ->> 'label')::uuid END)
    OR EXISTS (SELECT FROM judgement j WHERE j.project_id = $2 AND j.origin IS NOT NULL
      AND j.origin ->> 'labelId' = l.data ->> 'label')
    OR (l.data ->> 'label' IS NULL AND EXISTS (SELECT FROM completion c JOIN prompt p ON p.id = c.prompt_id
      WHERE p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash AND jsonb_array_length(l.data -> 'sides') = 1
        AND l.data -> 'sides' -> 0 ->> 'exportedId' IN (c.id::text, c.metadata ->> 'exportedId')))
), gone AS (DELETE FROM import_line l USING known WHERE l.ctid = known.place)
SELECT coalesce(sum(jsonb_array_length(votes)), 0)::int AS votes FROM known`;

export const copyLines = "COPY import_line (line, hash, data) FROM STDIN";

/**
 * The same messages are one prompt; the first line that names its cluster decides. A cluster keeps the split it has;
 * a new one takes what the file says, else its hash's.
 */
export const insertPrompts = `
WITH cluster_split AS (
  SELECT cluster, min(split) AS split FROM prompt WHERE workspace_id = $1 AND project_id = $2 GROUP BY cluster
)
INSERT INTO prompt (workspace_id, project_id, messages, language, source_text, sensitive, sensitive_by, cluster, split, hash, metadata, import_id)
SELECT DISTINCT ON (l.hash) $1::uuid, $2::uuid, l.data -> 'messages', l.data ->> 'language', l.data ->> 'source_text',
  coalesce((l.data ->> 'sensitive')::boolean, false),
  CASE WHEN (l.data ->> 'sensitive')::boolean THEN ARRAY[$3::uuid] ELSE '{}' END, l.data ->> 'cluster', coalesce(c.split, (l.data ->> 'split')::split), l.hash,
  jsonb_strip_nulls(jsonb_build_object('promptId', l.data ->> 'prompt_id')), $3::uuid
FROM import_line l LEFT JOIN cluster_split c ON c.cluster = l.data ->> 'cluster'
ORDER BY l.hash, l.data ->> 'named_cluster' IS NULL, l.line
ON CONFLICT (project_id, hash) DO NOTHING`;

/**
 * One line that marks a prompt is enough, also one of a later file; none takes a mark away: what is shown unasked by mistake
 * cannot be unseen. Whose word it was is kept ($3), as long as the mark stands by the word of imports alone.
 */
export const markSensitive = `
UPDATE prompt p SET sensitive = true, sensitive_by = p.sensitive_by || $3::uuid
FROM (SELECT DISTINCT hash FROM import_line WHERE (data ->> 'sensitive')::boolean) l
WHERE p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
  AND (NOT p.sensitive OR cardinality(p.sensitive_by) > 0) AND $3::uuid <> ALL (p.sensitive_by)`;

/** A line that names another cluster than its prompt has: no prompt ever changes its split. */
export const findClusterConflict = `
SELECT l.line, l.data ->> 'named_cluster' AS given, p.cluster AS former
FROM import_line l JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
WHERE l.data ->> 'named_cluster' <> p.cluster ORDER BY l.line LIMIT 1`;

/** A line that puts its cluster in another split than the cluster's prompts have, or than its first line in this file. */
export const findSplitConflict = `
SELECT line, CASE WHEN named THEN cluster END AS cluster, given, former FROM (
  SELECT l.line, p.cluster, l.data ->> 'named_cluster' IS NOT NULL AS named, coalesce(l.data ->> 'named_split', p.split::text) AS given,
    first_value(p.split::text) OVER (PARTITION BY p.cluster ORDER BY l.line) AS former
  FROM import_line l JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
) placed
WHERE given <> former ORDER BY line LIMIT 1`;

/** The same key is one answer; a text fills in for one that was absent, and never replaces one. */
export const insertCompletions = `
WITH side AS (
  SELECT l.line, p.id AS prompt_id, s.value ->> 'key' AS key, s.value ->> 'text' AS text, s.value -> 'media' AS media,
    nullif(jsonb_strip_nulls(jsonb_build_object('model', s.value ->> 'model', 'exportedId', s.value ->> 'exportedId'))
      -- A document as it is, with what is null in it.
      || CASE WHEN s.value -> 'trajectory' IS NULL THEN '{}' ELSE jsonb_build_object('trajectory', s.value -> 'trajectory') END, '{}') AS metadata
  FROM import_line l JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
  CROSS JOIN jsonb_array_elements(l.data -> 'sides') AS s
), stored AS (
  INSERT INTO completion (workspace_id, prompt_id, key, text, media, metadata, import_id)
  SELECT DISTINCT ON (prompt_id, key) $1::uuid, prompt_id, key, text, media, metadata, $3::uuid
  FROM side ORDER BY prompt_id, key, text IS NULL AND media IS NULL, line
  ON CONFLICT (prompt_id, key) DO UPDATE
    SET text = coalesce(completion.text, excluded.text), media = coalesce(completion.media, excluded.media),
      metadata = coalesce(completion.metadata, excluded.metadata)
    WHERE (completion.text IS NULL AND completion.media IS NULL AND (excluded.text IS NOT NULL OR excluded.media IS NOT NULL))
      OR (completion.metadata IS NULL AND excluded.metadata IS NOT NULL)
  RETURNING xmax = 0 AS fresh
)
SELECT count(*) FILTER (WHERE fresh)::int AS completions FROM stored`;

/** A line that gives an answer of a known id another text. */
export const findTextConflict = `
SELECT l.line, substr(c.key, 4) AS id
FROM import_line l JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
CROSS JOIN jsonb_array_elements(l.data -> 'sides') AS s
JOIN completion c ON c.prompt_id = p.id AND c.key = s.value ->> 'key'
WHERE c.text <> s.value ->> 'text' ORDER BY l.line LIMIT 1`;

/** A line that gives an answer of a known id other pictures or sounds. */
export const findMediaConflict = `
SELECT l.line, substr(c.key, 4) AS id
FROM import_line l JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
CROSS JOIN jsonb_array_elements(l.data -> 'sides') AS s
JOIN completion c ON c.prompt_id = p.id AND c.key = s.value ->> 'key'
WHERE (s.value ->> 'text' IS NOT NULL OR s.value -> 'media' IS NOT NULL)
  AND jsonb_path_query_array(c.media, '$[*].sha256') IS DISTINCT FROM jsonb_path_query_array(s.value -> 'media', '$[*].sha256')
ORDER BY l.line LIMIT 1`;

/** Every picture and sound that a line shows, and whose it is: the prompt's, or an answer's of this key. */
const shownMedia = `
SELECT l.line, p.id AS prompt_id, NULL::uuid AS completion_id, r.value
FROM import_line l JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
CROSS JOIN jsonb_array_elements(l.data -> 'messages') AS m
CROSS JOIN jsonb_array_elements(m.value -> 'media') AS r
UNION ALL
SELECT l.line, NULL, c.id, r.value
FROM import_line l JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
CROSS JOIN jsonb_array_elements(l.data -> 'sides') AS s
JOIN completion c ON c.prompt_id = p.id AND c.key = s.value ->> 'key'
CROSS JOIN jsonb_array_elements(s.value -> 'media') AS r`;

/** A line that shows a file which has been deleted since its name was looked up. */
export const findMediaGone = `
SELECT shown.line, shown.value ->> 'name' AS name FROM (${shownMedia}) AS shown
WHERE NOT EXISTS (SELECT FROM media WHERE workspace_id = $1 AND project_id = $2 AND id = (shown.value ->> 'id')::uuid)
ORDER BY shown.line LIMIT 1`;

/** From now on the files cannot be deleted. */
export const insertUses = `
INSERT INTO media_use (workspace_id, media_id, prompt_id, completion_id)
SELECT DISTINCT $1::uuid, (value ->> 'id')::uuid, prompt_id, completion_id FROM (${shownMedia}) AS shown
ON CONFLICT DO NOTHING`;

/** The completions of each row by their places, once for all of its tasks: reaching into a row costs as much as the row. */
export const stageSides = `
INSERT INTO import_side
SELECT l.row, s.place - 1, c.id, c.text IS NOT NULL OR c.media IS NOT NULL
FROM import_line l
JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
CROSS JOIN jsonb_array_elements(l.data -> 'sides') WITH ORDINALITY AS s(value, place)
JOIN completion c ON c.prompt_id = p.id AND c.key = s.value ->> 'key'`;

/** The newest version of each questionnaire of the project, where no other is there by this name. */
export const stageQuestionnaires = `
INSERT INTO import_questionnaire
SELECT DISTINCT ON (q.name) q.name, q.id FROM questionnaire q
WHERE q.workspace_id = $1 AND q.project_id = $2
ORDER BY q.name, q.version DESC
ON CONFLICT DO NOTHING`;

/** $3 is the name, $4 what it asks: the version that asks just this, or else the next one. @returns its id and version. */
export const bringQuestionnaire = `
WITH same AS (
  SELECT id FROM questionnaire WHERE workspace_id = $1 AND project_id = $2 AND name = $3 AND questions = $4::jsonb
  ORDER BY version DESC LIMIT 1
), made AS (
  INSERT INTO questionnaire (workspace_id, project_id, name, version, questions)
  SELECT $1::uuid, $2::uuid, $3, coalesce(max(version), 0) + 1, $4::jsonb
  FROM questionnaire WHERE project_id = $2 AND name = $3 HAVING NOT EXISTS (SELECT FROM same)
  RETURNING id, version
), placed AS (
  INSERT INTO import_questionnaire SELECT $3, id FROM (SELECT id FROM same UNION ALL SELECT id FROM made) AS one
)
SELECT version FROM made`;

/**
 * An item without an id of its own has the empty one here, so that joins on it can hash. All sides of all tasks are
 * unfolded before they are joined: beside the unfolding, the planner would read the completions again for each task.
 */
export const stageTasks = `
WITH asked AS MATERIALIZED (
  SELECT l.row, l.line, p.id AS prompt_id, q.id AS questionnaire_id, t.place, t.value, s.index::int AS side, s.nth
  FROM import_line l
  JOIN prompt p ON p.workspace_id = $1 AND p.project_id = $2 AND p.hash = l.hash
  CROSS JOIN jsonb_array_elements(l.data -> 'tasks') WITH ORDINALITY AS t(value, place)
  JOIN import_questionnaire q ON q.name = t.value ->> 'questionnaire'
  LEFT JOIN LATERAL jsonb_array_elements_text(t.value -> 'sides') WITH ORDINALITY AS s(index, nth) ON true
)
INSERT INTO import_task
SELECT any_value(t.line), t.place, any_value(t.questionnaire_id), any_value(t.prompt_id),
  coalesce(array_agg(c.completion_id ORDER BY t.nth) FILTER (WHERE c.completion_id IS NOT NULL), '{}'),
  coalesce(array_agg(c.completion_id ORDER BY c.completion_id) FILTER (WHERE c.completion_id IS NOT NULL), '{}'),
  coalesce(bool_and(c.has_text), true), coalesce(any_value(t.value ->> 'item'), ''), any_value(t.value ->> 'gold'),
  any_value(t.value -> 'row'), any_value(t.value -> 'votes')
FROM asked t LEFT JOIN import_side c ON c.row = t.row AND c.place = t.side
GROUP BY t.row, t.place`;

/** Lines about the same pair (in either order) and the same item are one task, also with lines of former imports. */
export const resolveTasks = `
WITH existing AS MATERIALIZED (
  SELECT t.id, t.questionnaire_id, t.prompt_id, t.external_id, t.completion_ids, sides.sorted
  FROM task t
  CROSS JOIN LATERAL (SELECT ARRAY(SELECT c FROM unnest(t.completion_ids) AS c ORDER BY c) AS sorted) AS sides
  WHERE t.prompt_id IN (SELECT prompt_id FROM import_task) AND t.workspace_id = $1 AND t.project_id = $2
    AND t.evaluation_id IS NULL
)
INSERT INTO import_item
SELECT DISTINCT ON (n.questionnaire_id, n.prompt_id, n.sorted_ids, n.item)
  coalesce(e.id, uuidv7()), e.id IS NULL, n.questionnaire_id, n.prompt_id, coalesce(e.completion_ids, n.completion_ids),
  n.sorted_ids, n.has_text, n.item, n.gold, n.kept
FROM import_task n
LEFT JOIN existing e ON e.questionnaire_id = n.questionnaire_id AND e.prompt_id = n.prompt_id AND e.sorted = n.sorted_ids
  AND coalesce(e.external_id, '') = n.item
ORDER BY n.questionnaire_id, n.prompt_id, n.sorted_ids, n.item, n.line, n.place, e.id`;

/** People may be at work on tasks that are there already: their slots are read under the lock of their rows. */
export const lockTasks = `
SELECT FROM task WHERE id IN (SELECT task_id FROM import_item WHERE NOT fresh) ORDER BY id FOR NO KEY UPDATE`;

/** An annotator of a file is a member of the workspace who can never sign in, known by project and pseudonym. */
export const insertAnnotators = `
INSERT INTO member (workspace_id, kind, role, name, external_id)
SELECT DISTINCT $1::uuid, 'imported'::member_kind, 'annotator'::role, v.value ->> 'annotator',
  $2::uuid || '/' || (v.value ->> 'annotator')
FROM import_task t CROSS JOIN jsonb_array_elements(t.votes) AS v
ON CONFLICT (workspace_id, kind, external_id) DO NOTHING`;

/** Looked up once: a join with the member table itself would be planned by statistics from before this import. */
export const stageAnnotators = `
INSERT INTO import_annotator
SELECT substr(m.external_id, length($2::uuid::text) + 2), m.id FROM member m
WHERE m.workspace_id = $1 AND m.kind = 'imported' AND starts_with(m.external_id, $2::uuid || '/')`;

/**
 * One person has one voice on a task: further votes of theirs are left out. Slots go on from the highest taken one. An
 * answer is turned where the task has its completions the other way round.
 */
export const stageVotes = `
WITH vote AS (
  SELECT i.task_id, a.member_id, t.line, t.place, v.place AS vote_place,
    CASE WHEN t.completion_ids = i.completion_ids THEN v.value -> 'answer'
      ELSE coalesce(v.value -> 'turned', v.value -> 'answer') END AS answer,
    -- Without an order for the other way round the same answers were shown, wherever the task has them.
    ARRAY(SELECT CASE WHEN t.completion_ids = i.completion_ids OR v.value -> 'turnedOrder' IS NOT NULL THEN s.place::smallint
        ELSE (array_position(i.completion_ids, t.completion_ids[s.place::int + 1]) - 1)::smallint END
      FROM jsonb_array_elements_text(CASE WHEN t.completion_ids = i.completion_ids THEN v.value -> 'order'
        ELSE coalesce(v.value -> 'turnedOrder', v.value -> 'order') END) WITH ORDINALITY AS s(place, nth)
      ORDER BY s.nth) AS shown_order,
    v.value ->> 'comment' AS comment, (v.value ->> 'flagged')::boolean AS flagged, v.value -> 'origin' AS origin,
    row_number() OVER (PARTITION BY i.task_id, a.member_id ORDER BY t.line, t.place, v.place) AS nth
  FROM import_task t
  JOIN import_item i ON i.questionnaire_id = t.questionnaire_id AND i.prompt_id = t.prompt_id AND i.sorted_ids = t.sorted_ids
    AND i.item = t.item
  CROSS JOIN jsonb_array_elements(t.votes) WITH ORDINALITY AS v(value, place)
  JOIN import_annotator a ON a.annotator = v.value ->> 'annotator'
), taken AS (
  SELECT l.task_id, max(l.slot) AS slot FROM lease l
  WHERE l.task_id IN (SELECT task_id FROM import_item WHERE NOT fresh) AND l.state IN ('held', 'judged') AND l.slot > 0
  GROUP BY l.task_id
)
INSERT INTO import_vote
SELECT v.task_id, v.member_id, v.answer, v.shown_order,
  coalesce(k.slot, 0) + row_number() OVER (PARTITION BY v.task_id ORDER BY v.line, v.place, v.vote_place),
  uuidv7(), uuidv7(), v.comment, v.flagged, nullif(v.origin, 'null')
FROM vote v LEFT JOIN taken k ON k.task_id = v.task_id
WHERE v.nth = 1 AND NOT EXISTS (
  SELECT FROM lease l WHERE l.member_id = v.member_id AND l.task_id = v.task_id
    AND l.state IN ('held', 'judged', 'skipped', 'surplus') AND l.slot > 0)
ORDER BY v.line, v.place, v.vote_place`;

/** A task that has got more votes than slots can be numbered. Rows of several imports may have brought them together. */
export const findSlotOverflow = `
SELECT (SELECT min(t.line) FROM import_task t JOIN import_item i ON i.questionnaire_id = t.questionnaire_id
    AND i.prompt_id = t.prompt_id AND i.sorted_ids = t.sorted_ids AND i.item = t.item
  WHERE i.task_id = v.task_id) AS line, v.slot::text AS count, '${lastSlot}' AS limit
FROM import_vote v WHERE v.slot > ${lastSlot} ORDER BY v.slot DESC LIMIT 1`;

/**
 * New tasks want as many judgements as the project says, or as there are. One that wants more opens for people if asked
 * ($3), unless an answer's text is absent. $4 says where the tasks come from, $5 is the import.
 */
export const insertTasks = `
INSERT INTO task (id, workspace_id, project_id, questionnaire_id, prompt_id, completion_ids, overlap, state, reason, external_id,
  metadata, import_id)
SELECT i.task_id, $1, $2, i.questionnaire_id, i.prompt_id, i.completion_ids, greatest(p.overlap, v.votes),
  CASE WHEN v.votes >= p.overlap THEN 'full' WHEN $3 AND i.has_text THEN 'open' ELSE 'paused' END::task_state,
  $4, nullif(i.item, ''), CASE WHEN coalesce(i.gold, i.kept::text) IS NOT NULL THEN jsonb_strip_nulls(jsonb_build_object('gold', i.gold))
    || CASE WHEN i.kept IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('row', i.kept) END END, $5::uuid
FROM import_item i
JOIN project p ON p.workspace_id = $1 AND p.id = $2
CROSS JOIN LATERAL (SELECT count(*)::int AS votes FROM import_vote v WHERE v.task_id = i.task_id) AS v
WHERE i.fresh`;

/** $1 is how many of the new open tasks stay so, in the order of their rows; the others wait until they are opened. */
export const pauseBeyondPilot = `
UPDATE task t SET state = 'paused' WHERE t.state = 'open' AND t.id IN (
  SELECT i.task_id FROM import_item i
  JOIN import_task n ON n.questionnaire_id = i.questionnaire_id AND n.prompt_id = i.prompt_id AND n.sorted_ids = i.sorted_ids
    AND n.item = i.item
  JOIN task made ON made.id = i.task_id AND made.state = 'open'
  WHERE i.fresh GROUP BY i.task_id ORDER BY min(n.line), min(n.place) OFFSET $1)`;

export const insertLeases = `
INSERT INTO lease (id, workspace_id, project_id, task_id, member_id, slot, token, state, shown_order, guideline_id, expires_at)
SELECT v.lease_id, $1, $2, v.task_id, v.member_id, v.slot, replace(gen_random_uuid()::text, '-', ''), 'judged', v.shown_order,
  g.id, now()
FROM import_vote v
CROSS JOIN (SELECT id FROM guideline WHERE workspace_id = $1 AND project_id = $2 ORDER BY version DESC LIMIT 1) AS g
ORDER BY v.lease_id`;

export const insertJudgements = `
INSERT INTO judgement (id, workspace_id, project_id, task_id, lease_id, member_id, guideline_id, answer, shown_order, source,
  comment, flagged, origin, idempotency_key, body_hash, import_id)
SELECT v.judgement_id, $1, $2, v.task_id, v.lease_id, v.member_id, g.id, v.answer, v.shown_order, 'imported',
  v.comment, v.flagged, v.origin, gen_random_uuid(), encode(sha256(convert_to(v.answer::text, 'UTF8')), 'hex'), $3::uuid
FROM import_vote v
CROSS JOIN (SELECT id FROM guideline WHERE workspace_id = $1 AND project_id = $2 ORDER BY version DESC LIMIT 1) AS g
ORDER BY v.judgement_id`;

/** Tasks that were there and have got votes: full once every slot is taken. Which they are is found once, and not for each task. */
export const fillTasks = `
WITH voted AS MATERIALIZED (
  SELECT DISTINCT i.task_id FROM import_vote v JOIN import_item i USING (task_id) WHERE NOT i.fresh
)
UPDATE task t SET overlap = greatest(t.overlap, taken.slot),
  state = CASE WHEN taken.slots >= greatest(t.overlap, taken.slot) THEN 'full' ELSE t.state END
FROM (SELECT l.task_id, max(l.slot) AS slot, count(*) AS slots FROM voted JOIN lease l USING (task_id)
  WHERE l.state IN ('held', 'judged') AND l.slot > 0 GROUP BY l.task_id) AS taken
WHERE t.workspace_id = $1 AND t.project_id = $2 AND t.id = taken.task_id`;

export const writeJournal = `
INSERT INTO journal (workspace_id, project_id, task_id, lease_id, member_id, event)
SELECT $1, $2, task_id, lease_id, member_id, 'imported' FROM import_vote ORDER BY lease_id`;

/** $1 is the project alone. */
export const countTallies = `
INSERT INTO tally (member_id, project_id, day, today, total)
SELECT member_id, $1, (now() AT TIME ZONE 'UTC')::date, count(*), count(*) FROM import_vote GROUP BY member_id
ON CONFLICT (member_id, project_id) DO UPDATE SET
  today = CASE WHEN tally.day = excluded.day THEN tally.today + excluded.today ELSE excluded.today END,
  day = excluded.day, total = tally.total + excluded.total`;

export const countVotes = `
SELECT count(*)::int AS judgements, count(DISTINCT member_id)::int AS annotators,
  ((SELECT coalesce(sum(jsonb_array_length(votes)), 0) FROM import_task) - count(*))::int AS duplicates
FROM import_vote`;
