import type { Database } from "../client.ts";

/** Judgements of a project that are looked at: more than come between two looks. */
const latestJudgements = 1_000;

/**
 * Writes a notice for each lot of tasks that has all the judgements it wants since people judged there: the tasks of an
 * import, or of a batch where no import brought them. Once for each: whoever opens tasks again is not told a second time.
 * Evaluations say themselves how they stand. Tasks whose answers are unknown can't be opened, and keep nothing from its end.
 *
 * @param projects that were judged lately; only lots of their latest judgements are looked at, so the cost does not grow.
 * @returns how many were written.
 */
export async function noticeDoneLots(db: Database, projects: readonly string[]): Promise<number> {
  return db.$executeRaw`
    WITH lot AS (
      SELECT DISTINCT t.workspace_id, t.project_id, t.batch, t.import_id
      FROM unnest(${[...projects]}::uuid[]) AS p(id)
      CROSS JOIN LATERAL (
        -- A correction brings nothing to its end.
        SELECT task_id, source FROM judgement WHERE project_id = p.id AND supersedes_id IS NULL
        ORDER BY created_at DESC, id DESC LIMIT ${latestJudgements}::int) j
      JOIN task t ON t.id = j.task_id
      WHERE j.source = 'person' AND t.evaluation_id IS NULL),
    -- A lot is counted only where these cheap looks find nothing that is missing.
    done AS MATERIALIZED (
      SELECT lot.* FROM lot
      WHERE NOT EXISTS (
          SELECT FROM notice n WHERE n.project_id = lot.project_id AND n.batch = lot.batch AND n.webhook_host IS NULL
            AND n.import_id IS NOT DISTINCT FROM lot.import_id)
        AND NOT EXISTS (
          SELECT FROM task t WHERE t.project_id = lot.project_id AND t.batch = lot.batch AND t.state = 'open'
            AND t.import_id IS NOT DISTINCT FROM lot.import_id)
        AND NOT EXISTS (
          SELECT FROM task t WHERE t.project_id = lot.project_id AND t.batch = lot.batch AND t.state IN ('paused', 'waiting')
            AND t.import_id IS NOT DISTINCT FROM lot.import_id
            AND NOT EXISTS (SELECT FROM completion c WHERE c.id = ANY (t.completion_ids) AND c.text IS NULL AND c.media IS NULL))
        AND NOT EXISTS (
          SELECT FROM lease l JOIN task t ON t.id = l.task_id
          WHERE l.project_id = lot.project_id AND l.state = 'held' AND t.batch = lot.batch
            AND t.import_id IS NOT DISTINCT FROM lot.import_id))
    INSERT INTO notice (workspace_id, project_id, batch, import_id, tasks, judgements)
    SELECT done.workspace_id, done.project_id, done.batch, done.import_id, count(*)::int,
      sum((SELECT count(*) FROM lease l WHERE l.task_id = t.id AND l.state = 'judged'))::int
    FROM done JOIN task t ON t.project_id = done.project_id AND t.batch = done.batch
      AND t.import_id IS NOT DISTINCT FROM done.import_id AND t.evaluation_id IS NULL
    GROUP BY 1, 2, 3, 4
    ON CONFLICT DO NOTHING`;
}
