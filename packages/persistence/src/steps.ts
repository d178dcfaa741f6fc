import type pg from "pg";
import { clientTransaction } from "./client-transaction.ts";
import { isContention, isReferenced, isTimedOut } from "./faults.ts";
import type { FileStore } from "./files/file-store.ts";

// What takes too long for one transaction goes in steps: a row says what it is about, and when it is done.

export interface StepTools {
  readonly pool: pg.Pool;
  readonly files: FileStore;
}

/** What a step came to: `waiting` where others are at work on what is left, and it is to be tried again in a moment. */
export type Advance = "more" | "waiting" | "done";

/** A step that has to wait for a row lets go of all that it holds, and is tried again. */
const lockTimeoutMs = 500;

/** A transaction that waits for no row long; null where another process is at the same deletion or erasure. */
export async function step<T>(
  pool: pg.Pool,
  { of, id }: { readonly of: "deletion" | "erasure"; readonly id: string },
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T | null> {
  return clientTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    const { rowCount } = await client.query(
      `SELECT FROM ${of} WHERE id = $1 AND finished_at IS NULL FOR NO KEY UPDATE SKIP LOCKED`,
      [id],
    );
    return rowCount === 0 ? null : work(client);
  });
}

/** A row is held longer than a step waits, or somebody has added to what goes: nothing of this step is kept. */
export async function orWaiting(advance: Promise<Advance>): Promise<Advance> {
  try {
    return await advance;
  } catch (error) {
    if (isTimedOut(error) || isContention(error) || isReferenced(error)) return "waiting";
    throw error;
  }
}

/**
 * Whether nothing freezes a label set of the project, whose judgements must be there until they are written down, nor leaves
 * something out or puts it back: both hold what they found for as long as they take. Until this transaction ends, none begins.
 */
export async function holdStill(client: pg.PoolClient, projectId: string): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('freezing ' || $1::text, 0))
      AND pg_try_advisory_xact_lock(hashtextextended('left out ' || $1::text, 0)) AS free`,
    [projectId],
  );
  return rows[0]?.free ?? false;
}

/** What is not done, oldest first, of all workspaces. */
export const underWay = {
  where: { finishedAt: null },
  orderBy: { id: "asc" },
  select: { id: true },
} as const;

/** So long what is done is still told of, for whoever had the page open. */
const toldForMs = 24 * 60 * 60_000;
const toldAtMost = 50;

/** Of a workspace what is under way, newest first, and what was in the last day. */
export const stillTold = (workspaceId: string) => ({
  where: { workspaceId, OR: [{ finishedAt: null }, { finishedAt: { gt: new Date(Date.now() - toldForMs) } }] },
  orderBy: { id: "desc" as const },
  take: toldAtMost,
});
