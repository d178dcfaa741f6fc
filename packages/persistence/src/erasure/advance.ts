import type pg from "pg";
import { markRemoved, removeArchives, removeMarked } from "../archives/remove.ts";
import { renewFilesWithin } from "../label-sets/files/remove.ts";
import { featuresOfWorkspace } from "../models/features.ts";
import { type Advance, holdStill, orWaiting, type StepTools, step } from "../steps.ts";
import { endReaders } from "./end-readers.ts";
import type { ErasureRow } from "./erasure-row.ts";
import { eraseRest } from "./rest.ts";

/** Few enough that nobody waits long for a row of these: some tens of milliseconds. */
const leasesAtOnce = 200;
/** One look at all leases of a workspace, and one at its audit. */
const longTimeoutMs = 10 * 60_000;

/**
 * One step of an erasure, in transactions of its own. Killed anywhere, the next step goes on with what is left: what it is
 * about is written down first (`erasure_lease`). Any number of processes may call it for the same one; they take turns.
 */
export async function advanceErasure(tools: StepTools, id: string): Promise<Advance> {
  return orWaiting(advance(tools, id));
}

async function advance(tools: StepTools, id: string): Promise<Advance> {
  const { pool } = tools;
  const row = await findUnderWay(pool, id);
  if (row === null) return "done";
  if (row.staged === null) {
    const staged = await step(pool, row, (client) => stage(client, row));
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
  // Before it counts as done, so that no file in the store has it then; a worker writes them anew without it.
  await renewFilesWithin(tools, row);
  await removeArchives(tools, row, "erased");
  await tools.files.removePrefix(featuresOfWorkspace(row.workspaceId));
  const ended = await step(pool, row, (client) => end(client, row));
  await removeMarked(tools);
  return ended ?? "waiting";
}

async function findUnderWay(pool: pg.Pool, id: string): Promise<ErasureRow | null> {
  const { rows } = await pool.query<ErasureRow>(
    `SELECT id, 'erasure' AS of, workspace_id AS "workspaceId", kind, member_id AS "memberId", project_id AS "projectId",
       successor_id AS "successorId", staged
     FROM erasure WHERE id = $1 AND finished_at IS NULL`,
    [id],
  );
  return rows[0] ?? null;
}

async function stage(client: pg.PoolClient, { id }: ErasureRow): Promise<number> {
  await client.query(`SET LOCAL statement_timeout = ${longTimeoutMs}`);
  const { rows } = await client.query<{ count: number }>("SELECT stage_erasure($1) AS count", [id]);
  return rows[0]?.count ?? 0;
}

async function eraseLeases(client: pg.PoolClient, row: ErasureRow, projectId: string): Promise<number> {
  if (!(await holdStill(client, projectId))) return 0;
  await endReaders(client, row, projectId);
  const { rows } = await client.query<{ count: number }>("SELECT erase_leases($1, $2, $3) AS count", [
    ...[row.id, projectId, leasesAtOnce],
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
  await client.query(`SET LOCAL statement_timeout = ${longTimeoutMs}`);
  if (row.memberId !== null && row.projectId === null && (await stage(client, row)) > 0) return "more";
  await client.query("SELECT set_config('touchstone.erasure', $1, true)", [row.id]);
  await eraseRest(client, row);
  // One that was begun since they were removed, before this is seen.
  await markRemoved(client, row, "erased");
  await client.query(
    `UPDATE erasure SET finished_at = clock_timestamp(), member_id = NULL, successor_id = NULL, made_before = NULL WHERE id = $1`,
    [row.id],
  );
  return "done";
}
