/**
 * The undo of an import, $1, as statements over a temporary table of what is to go. Each reads what the former ones
 * wrote. Rows that another import has met are no longer of this one when `handOver` is done.
 */
export const handOver = (table: "prompt" | "completion" | "task"): string => `
UPDATE ${table} SET import_id = m.import_id
FROM (SELECT DISTINCT ON (row_id) row_id, import_id FROM import_met WHERE import_id <> $1 ORDER BY row_id, import_id) m
WHERE ${table}.id = m.row_id AND ${table}.import_id = $1`;

/** Tasks of the import, and others that have votes which it brought or met. */
const touchedTasks = `
SELECT id FROM task WHERE import_id = $1
UNION SELECT task_id FROM judgement WHERE import_id = $1
UNION SELECT j.task_id FROM import_met m JOIN judgement j ON j.id = m.row_id WHERE m.import_id = $1`;

/**
 * Of a judgement v: whether it goes. Votes of this import do, and those that it met of an import that is gone (a
 * judgement keeps the import that brought it first), unless another import has brought the same.
 */
const goes = `
NOT EXISTS (SELECT FROM import_met o WHERE o.row_id = v.id AND o.import_id <> $1)
AND (v.import_id = $1 OR (v.import_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM import i WHERE i.id = v.import_id)
  AND EXISTS (SELECT FROM import_met m WHERE m.row_id = v.id AND m.import_id = $1)))`;

/** Nobody is waited for: whoever holds one of these may be waiting for another of them. */
export const lockLeases = `
SELECT l.id FROM lease l WHERE l.task_id IN (${touchedTasks}) ORDER BY l.id FOR UPDATE NOWAIT`;

export const lockTasks = `
SELECT t.id FROM task t WHERE t.id IN (${touchedTasks}) ORDER BY t.id FOR UPDATE NOWAIT`;

/** What stands in the way. What was taken back, or came too late, counts for nothing, but its record stays. */
export const findUses = `
SELECT count(e.id)::int AS judgements, count(DISTINCT e.task_id)::int AS tasks,
  (count(*) - count(e.id))::int AS records,
  (SELECT count(DISTINCT s.label_set_id)::int FROM label_set_item s JOIN judgement v ON v.id = s.judgement_id
    WHERE v.task_id IN (${touchedTasks}) AND ${goes}) AS "labelSets"
FROM judgement j JOIN task t ON t.id = j.task_id LEFT JOIN standing_judgement e ON e.id = j.id
WHERE t.import_id = $1 AND j.source <> 'imported'
  AND NOT EXISTS (SELECT FROM import_met m WHERE m.row_id = t.id AND m.import_id <> $1)`;

/** A utility statement takes no parameters, so the table is made first and filled then. */
export const createVotes = `
CREATE TEMPORARY TABLE undone_vote (id uuid, lease_id uuid, task_id uuid, member_id uuid) ON COMMIT DROP`;
export const stageVotes = `
INSERT INTO undone_vote
SELECT v.id, v.lease_id, v.task_id, v.member_id FROM judgement v WHERE v.task_id IN (${touchedTasks}) AND ${goes}`;

export const deleteVotes = "DELETE FROM judgement WHERE id IN (SELECT id FROM undone_vote)";
export const deleteVoteLeases = "DELETE FROM lease WHERE id IN (SELECT lease_id FROM undone_vote)";

/** A task's counted votes of the day of the import may stand in `today`, too. */
export const lowerTallies = `
UPDATE tally y SET total = y.total - v.votes,
  today = CASE WHEN y.day = (i.created_at AT TIME ZONE 'UTC')::date THEN greatest(0, y.today - v.votes) ELSE y.today END
FROM (SELECT member_id, count(*)::int AS votes FROM undone_vote GROUP BY member_id) v, import i
WHERE i.id = $1 AND y.member_id = v.member_id AND y.project_id = i.project_id`;

/** Tasks that go have nobody's judgement on them; a lease that somebody holds on one ends with it. */
export const deleteLeases = `
DELETE FROM lease WHERE task_id IN (SELECT id FROM task WHERE import_id = $1)`;
export const deleteTasks = "DELETE FROM task WHERE import_id = $1";

/** Tasks that stay are as they were before the votes, as far as what others have taken since lets them. */
export const restoreTasks = `
UPDATE task t SET overlap = s.overlap, state = CASE
  WHEN s.taken >= s.overlap THEN 'full' WHEN t.state = 'full' AND s.before = 'paused' THEN 'paused'
  WHEN t.state = 'full' THEN 'open' ELSE t.state END::task_state
FROM (
  SELECT k.id, m.state AS before, count(l.id)::int AS taken,
    greatest(coalesce(m.overlap, k.overlap), coalesce(max(l.slot), 0))::int AS overlap
  FROM task k LEFT JOIN import_met m ON m.row_id = k.id AND m.import_id = $1
  LEFT JOIN lease l ON l.task_id = k.id AND l.state IN ('held', 'judged') AND l.slot > 0
  WHERE k.id IN (SELECT task_id FROM undone_vote) GROUP BY k.id, k.overlap, m.state, m.overlap) s
WHERE s.id = t.id`;

export const createUndoneMedia = "CREATE TEMPORARY TABLE undone_media (media_id uuid) ON COMMIT DROP";
/** What the rows of this import show, before they go. */
export const stageMedia = `
INSERT INTO undone_media
SELECT DISTINCT u.media_id FROM media_use u
LEFT JOIN prompt p ON p.id = u.prompt_id LEFT JOIN completion c ON c.id = u.completion_id
WHERE coalesce(p.import_id, c.import_id) = $1`;

/** Pictures and sounds that nothing shows any more. */
export const deleteMedia = `
DELETE FROM media m USING undone_media g WHERE m.id = g.media_id
  AND NOT EXISTS (SELECT FROM media_use u WHERE u.media_id = m.id)
RETURNING m.workspace_id AS "workspaceId", m.project_id AS "projectId", m.sha256`;

/** Marks that stand by the word of this import alone go with it. $2: its project, by whose index of marked prompts they are found. */
export const unmark = `
UPDATE prompt SET sensitive_by = array_remove(sensitive_by, $1), sensitive = cardinality(array_remove(sensitive_by, $1)) > 0
WHERE project_id = $2 AND sensitive AND $1 = ANY (sensitive_by)`;

export const deleteCompletions = `
DELETE FROM completion c WHERE c.import_id = $1
  AND NOT EXISTS (SELECT FROM task t WHERE t.prompt_id = c.prompt_id AND c.id = ANY (t.completion_ids))`;
export const deletePrompts = `
DELETE FROM prompt p WHERE p.import_id = $1
  AND NOT EXISTS (SELECT FROM task t WHERE t.prompt_id = p.id)
  AND NOT EXISTS (SELECT FROM completion c WHERE c.prompt_id = p.id)`;
