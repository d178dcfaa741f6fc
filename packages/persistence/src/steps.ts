import type pg from "pg";
import { clientTransaction } from "../client-transaction.ts";
import type { FileStore } from "../files/file-store.ts";

export interface DeletionTools {
  readonly pool: pg.Pool;
  readonly files: FileStore;
}

export interface DeletionRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly projectId: string;
  readonly kind: "project" | "prompts";
}

/** What a step came to: `waiting` where others are at work on what is left, and it is to be tried again in a moment. */
export type Advance = "more" | "waiting" | "done";

/** A step that has to wait for a row lets go of all that it holds, and is tried again. */
const lockTimeoutMs = 500;

/** A transaction that waits for no row long; null where another process is at this deletion. */
export async function step<T>(
  pool: pg.Pool,
  row: DeletionRow,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T | null> {
  return clientTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    const { rowCount } = await client.query(
      "SELECT FROM deletion WHERE id = $1 AND finished_at IS NULL FOR NO KEY UPDATE SKIP LOCKED",
      [row.id],
    );
    return rowCount === 0 ? null : work(client);
  });
}
