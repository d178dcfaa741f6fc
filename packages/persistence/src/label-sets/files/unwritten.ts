import type pg from "pg";

/**
 * Takes a row back to where nothing of its file is written, as what its UPDATE sets: from then on nobody gets the file, and
 * whoever is writing it has lost it.
 */
export const unwritten = `state = 'waiting', attempt = attempt + 1, lost = 0, rows = 0, blind = 0, path = NULL,
  bytes = NULL, sha256 = NULL, not_before = NULL, heartbeat_at = NULL, written_at = NULL`;

type Client = Pick<pg.ClientBase, "query">;

/** Of all files of a workspace's label sets, or of one set. @returns their ids, for `promiseFiles` */
export async function takeBackFiles(client: Client, workspaceId: string, labelSetId?: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `UPDATE label_set_file SET ${unwritten}
     WHERE workspace_id = $1 AND ($2::uuid IS NULL OR label_set_id = $2) RETURNING id`,
    [workspaceId, labelSetId ?? null],
  );
  return rows.map(({ id }) => id);
}

/** Has a worker write them. */
export async function promiseFiles(client: Client, ids: readonly string[]): Promise<void> {
  await client.query("INSERT INTO outbox (topic, key) SELECT 'label-set-file', unnest($1::text[])", [ids]);
}
