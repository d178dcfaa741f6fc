import { type Problem, refused } from "@touchstone/contracts";
import type pg from "pg";
import { clientTransaction } from "../client-transaction.ts";
import {
  inArchive,
  type SpooledKey,
  type SpoolStores,
  spooledColumns,
  spoolFolder,
  toSpooledFile,
} from "./spooled-file.ts";

/** Files that one look removes. */
const sweptAtOnce = 50;

const inUse = `(EXISTS (SELECT FROM import_job j WHERE j.file_id = f.id AND j.state = 'running') OR ${inArchive})`;

/**
 * Removes a file, whole or on its way; whoever adds to it finds that out with the next piece.
 *
 * @throws DomainError not_found; conflict while it is being imported.
 */
export async function removeSpooled({ pool, files }: SpoolStores, workspaceId: string, id: string): Promise<void> {
  await clientTransaction(pool, async (client) => {
    const { rows } = await client.query(
      `SELECT ${spooledColumns}, ${inUse} AS "inUse" FROM spooled_file f WHERE f.workspace_id = $1 AND f.id = $2
       FOR UPDATE OF f`,
      [workspaceId, id],
    );
    if (!rows[0]) throw refused("notThere", { kind: "file" });
    if (rows[0].inUse) throw refused("spooledInImport");
    await removeBoth(client, files, toSpooledFile(rows[0]));
  });
}

/**
 * Removes the files whose time is over, but those that are being imported, and the bytes of those that did not arrive: nobody
 * can go on with these, and they take room. Any number of processes may call it at once.
 */
export async function sweepSpool({ pool, files }: SpoolStores): Promise<void> {
  await clientTransaction(pool, async (client) => {
    const { rows } = await client.query(
      `SELECT ${spooledColumns} FROM spooled_file f WHERE f.expires_at < clock_timestamp()
         AND NOT ${inUse}
       ORDER BY f.expires_at LIMIT ${sweptAtOnce} FOR UPDATE OF f SKIP LOCKED`,
    );
    for (const row of rows) await removeBoth(client, files, toSpooledFile(row));
  });
  await clientTransaction(pool, async (client) => {
    const { rows } = await client.query(
      `SELECT ${spooledColumns} FROM spooled_file f WHERE f.state = 'failed' AND f.received > 0
       LIMIT ${sweptAtOnce} FOR UPDATE OF f SKIP LOCKED`,
    );
    for (const row of rows) await removeBytes(client, files, toSpooledFile(row));
  });
}

async function removeBytes(client: pg.ClientBase, files: SpoolStores["files"], key: SpooledKey): Promise<void> {
  await files.removePrefix(spoolFolder(key));
  await client.query("DELETE FROM spooled_part WHERE workspace_id = $1 AND file_id = $2", [key.workspaceId, key.id]);
  await client.query("UPDATE spooled_file SET received = 0 WHERE workspace_id = $1 AND id = $2", [
    key.workspaceId,
    key.id,
  ]);
}

/** The bytes first: a kill in between leaves a row by which they are looked for again, and never bytes that no row names. */
async function removeBoth(client: pg.ClientBase, files: SpoolStores["files"], key: SpooledKey): Promise<void> {
  await files.removePrefix(spoolFolder(key));
  await client.query("DELETE FROM spooled_file WHERE workspace_id = $1 AND id = $2", [key.workspaceId, key.id]);
}

/** Files that a process fetched from an address, or copied, and of which nothing was heard for so long have ended with it. */
export async function failLostDownloads(pool: pg.Pool, silentMs: number, problem: Problem): Promise<void> {
  await pool.query(
    `UPDATE spooled_file SET state = 'failed', problem = $2, turn = NULL
     WHERE origin <> 'upload' AND state = 'arriving' AND beat_at < clock_timestamp() - $1::float8 * interval '1 ms'`,
    [silentMs, JSON.stringify(problem)],
  );
}
