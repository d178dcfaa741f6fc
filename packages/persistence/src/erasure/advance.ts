import type pg from "pg";
import { clientTransaction } from "../client-transaction.ts";
import type { Advance } from "../deletions/step.ts";
import { isContention, isReferenced, isTimedOut } from "../faults.ts";
import { renewFilesOfWorkspace } from "../label-sets/files/renew-all.ts";
import type { ErasureRow } from "./erasure-row.ts";
import { eraseRest } from "./rest.ts";

/** Few enough that nobody waits long for a row of these: some tens of milliseconds. */
const leasesAtOnce = 200;
/** A step that has to wait for a row lets go of all that it holds, and is tried again. */
const lockTimeoutMs = 500;
/** One look at all leases of a workspace, and one at its audit. */
const longTimeoutMs = 10 * 60_000;

/**
 * One step of an erasure, in transactions of its own. Killed anywhere, the next step goes on with what is left: what it is
 * about is written down first (`erasure_lease`). Any number of processes may call it for the same one; they take turns.
 */
export async function advanceErasure(pool: pg.Pool, id: string): Promise<Advance> {
  try {
    return await advance(pool, id);
  } catch (error) {
    // A row is held longer than a step waits, or somebody has added to what goes: nothing of this step is kept.
    if (isTimedOut(error) || isContention(error) || isReferenced(error)) return "waiting";
    throw error;
  }
}

async function advance(pool: pg.Pool, id: string): Promise<Advance> {
  const row = await findUnderWay(pool, id);
  if (row === null) return "done";
  if (row.staged === null) {
    const staged = await step(pool, row, (client) => stage(client, row), longTimeoutMs);
    return staged === null ? "waiting" : "more";
  }
  const { rows: places } = await pool.query<{ projectId: string }>(
    `SELECT DISTINCT project_id AS "projectId" FROM erasure_lease WHERE erasure_id = $1 ORDER BY 1`,
    [id],
  );
  if (places.length > 0) {
    for (const { projectId } of places) {
      const erased = await step(pool, row, (client) => eraseLeases(client, row, projectId));
      if (erased !== null && erased > 0) return "more";
    }
    return (await leasesAreLeft(pool, id)) ? "waiting" : "more";
  }
  const ended = await step(pool, row, (client) => end(client, row), longTimeoutMs);
  return ended ?? "waiting";
}

async function findUnderWay(pool: pg.Pool, id: string): Promise<ErasureRow | null> {
  const { rows } = await pool.query<ErasureRow>(
    `SELECT id, workspace_id AS "workspaceId", kind, member_id AS "memberId", project_id AS "projectId",
       successor_id AS "successorId", staged, created_by_id AS "createdById"
     FROM erasure WHERE id = $1 AND finished_at IS NULL`,
    [id],
  );
  return rows[0] ?? null;
}

/** A transaction that waits for no row long; null where another process is at this erasure. */
async function step<T>(
  pool: pg.Pool,
  { id }: ErasureRow,
  work: (client: pg.PoolClient) => Promise<T>,
  statementTimeoutMs?: number,
): Promise<T | null> {
  return clientTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    if (statementTimeoutMs !== undefined) await client.query(`SET LOCAL statement_timeout = ${statementTimeoutMs}`);
    const { rowCount } = await client.query(
      "SELECT FROM erasure WHERE id = $1 AND finished_at IS NULL FOR NO KEY UPDATE SKIP LOCKED",
      [id],
    );
    return rowCount === 0 ? null : work(client);
  });
}

async function stage(client: pg.PoolClient, { id }: ErasureRow): Promise<number> {
  const { rows } = await client.query<{ count: number }>("SELECT stage_erasure($1) AS count", [id]);
  return rows[0]?.count ?? 0;
}

/**
 * Not while a label set is frozen, whose judgements must be there until they are written down, nor while something is left
 * out or put back: both hold what they found for as long as they take.
 */
async function eraseLeases(client: pg.PoolClient, { id }: ErasureRow, projectId: string): Promise<number> {
  const { rows: free } = await client.query<{ free: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('freezing ' || $1::text, 0))
      AND pg_try_advisory_xact_lock(hashtextextended('left out ' || $1::text, 0)) AS free`,
    [projectId],
  );
  if (!free[0]?.free) return 0;
  const { rows } = await client.query<{ count: number }>("SELECT erase_leases($1, $2, $3) AS count", [
    ...[id, projectId, leasesAtOnce],
  ]);
  return rows[0]?.count ?? 0;
}

async function leasesAreLeft(pool: pg.Pool, id: string): Promise<boolean> {
  const { rows } = await pool.query<{ left: boolean }>(
    "SELECT EXISTS (SELECT FROM erasure_lease WHERE erasure_id = $1) AS left",
    [id],
  );
  return rows[0]?.left ?? false;
}

/** What was claimed or sent while this went on is gone through as well; then the rest, and the row names nobody any more. */
async function end(client: pg.PoolClient, row: ErasureRow): Promise<Advance> {
  if (row.memberId !== null && row.projectId === null && (await stage(client, row)) > 0) return "more";
  await client.query("SELECT set_config('touchstone.erasure', $1, true)", [row.id]);
  await eraseRest(client, row);
  await renewFilesOfWorkspace(client, row.workspaceId);
  await client.query(
    `UPDATE erasure SET finished_at = clock_timestamp(), member_id = NULL, successor_id = NULL, made_before = NULL WHERE id = $1`,
    [row.id],
  );
  return "done";
}
