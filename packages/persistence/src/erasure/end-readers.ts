import { reasonedError } from "@touchstone/contracts";
import type pg from "pg";
import { predecessorFailed } from "../runs/finish.ts";
import type { ErasureRow } from "./erasure-row.ts";

/**
 * Ends the runs under way that read what an erasure is about in a project: none of them may publish, go on from a checkpoint
 * or write a row from then on. The caller holds the project still, so that no run gets labels meanwhile, and erases in the same
 * transaction: no judgement is gone, or somebody else's, while a run that read it is at work.
 */
export async function endReaders(client: pg.PoolClient, { id }: ErasureRow, projectId: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `UPDATE run r SET state = 'failed', finished_at = clock_timestamp(), seconds_left = NULL, heartbeat_at = NULL, error = $3
     WHERE r.project_id = $2 AND r.state IN ('waiting', 'queued', 'running') AND EXISTS (
       SELECT FROM erasure_lease x JOIN judgement j ON j.lease_id = x.lease_id
       JOIN label_set_item i ON i.label_set_id = r.label_set_id AND i.judgement_id = j.id
       WHERE x.erasure_id = $1 AND x.project_id = $2)
     RETURNING r.id`,
    [id, projectId, JSON.stringify(reasonedError("labelsErased"))],
  );
  if (rows.length > 0) await cancelWhatWaitedFor(client, rows);
}

/** As `closeRun` does: what waited for them, down the whole chain. */
async function cancelWhatWaitedFor(client: pg.PoolClient, ended: readonly { readonly id: string }[]): Promise<void> {
  await client.query(
    `WITH RECURSIVE follower AS (
       SELECT f.id FROM run f WHERE f.waits_for_id = ANY ($1::uuid[]) AND f.state = 'waiting'
       UNION SELECT f.id FROM run f JOIN follower b ON f.waits_for_id = b.id WHERE f.state = 'waiting'),
     cancelled AS (
       UPDATE run r SET state = 'cancelled', finished_at = clock_timestamp(), error = $2
       FROM follower WHERE r.id = follower.id RETURNING r.id)
     INSERT INTO outbox (topic, key) SELECT 'run-changed', id FROM (
       SELECT id FROM cancelled UNION ALL SELECT unnest($1::uuid[])) AS changed`,
    [ended.map(({ id }) => id), JSON.stringify(predecessorFailed)],
  );
}
