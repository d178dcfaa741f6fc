import type { Database } from "../client.ts";
import type { Run } from "../generated/client.ts";
import { isReady } from "./ready.ts";
import { takeRun } from "./take.ts";

/**
 * Takes the run whose turn it is in the queue of the run that is named: workspaces take turns, the one with the fewest
 * runs under way first, then the one that has waited longest; within a workspace the oldest run. Each run that can be
 * taken has a job of its own, so each job may take any of them. Null when none is left.
 */
export async function takeNextRun(db: Database, runId: string): Promise<Run | null> {
  for (let next = await nextTurn(db, runId); next !== null; next = await nextTurn(db, runId)) {
    const run = await takeRun(db, next);
    // Another worker may have been faster: whose turn it is now is another question.
    if (run) return run;
  }
  return null;
}

async function nextTurn(db: Database, runId: string): Promise<string | null> {
  const [next] = await db.$queryRaw<{ id: string }[]>`
    WITH ready AS (
      SELECT DISTINCT ON (r.workspace_id) r.workspace_id, r.id FROM run r
      WHERE r.capability = (SELECT capability FROM run WHERE id = ${runId}::uuid)
        AND ${isReady("r")}
      ORDER BY r.workspace_id, r.id
    )
    SELECT ready.id FROM ready CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE o.state = 'running') AS running, max(o.started_at) AS latest
      FROM run o WHERE o.workspace_id = ready.workspace_id) AS had
    ORDER BY had.running, had.latest NULLS FIRST, ready.id LIMIT 1`;
  return next?.id ?? null;
}
