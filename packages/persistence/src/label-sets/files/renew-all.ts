import type pg from "pg";

/**
 * Takes back all files of a workspace's label sets, as when somebody is erased: from the end of this transaction nobody gets
 * one, whoever is writing one has lost it, and a worker removes what lies in the store before it writes each anew.
 */
export async function renewFilesOfWorkspace(client: pg.PoolClient, workspaceId: string): Promise<void> {
  await client.query(
    `WITH renewed AS (
       UPDATE label_set_file SET state = 'waiting', attempt = attempt + 1, lost = 0, rows = 0, blind = 0, path = NULL,
         bytes = NULL, sha256 = NULL, not_before = NULL, heartbeat_at = NULL, written_at = NULL
       WHERE workspace_id = $1 RETURNING id)
     INSERT INTO outbox (topic, key) SELECT 'label-set-file', id::text FROM renewed`,
    [workspaceId],
  );
}
