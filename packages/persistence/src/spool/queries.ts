import { refused } from "@touchstone/contracts";
import type pg from "pg";
import { inArchive, type SpooledFile, type SpooledKey, spooledColumns, toSpooledFile } from "./spooled-file.ts";

/** As many as a page lists. */
const mostListed = 200;

/** @throws DomainError not_found */
export async function findSpooled(pool: pg.Pool, workspaceId: string, id: string): Promise<SpooledFile> {
  const { rows } = await pool.query(
    `SELECT ${spooledColumns} FROM spooled_file f WHERE f.workspace_id = $1 AND f.id = $2`,
    [workspaceId, id],
  );
  if (!rows[0]) throw refused("notThere", { kind: "file" });
  return toSpooledFile(rows[0]);
}

/** Files of a project, the newest first. */
export async function listSpooled(pool: pg.Pool, workspaceId: string, projectId: string): Promise<SpooledFile[]> {
  const { rows } = await pool.query(
    `SELECT ${spooledColumns} FROM spooled_file f WHERE f.workspace_id = $1 AND f.project_id = $2
     ORDER BY f.id DESC LIMIT ${mostListed}`,
    [workspaceId, projectId],
  );
  return rows.map(toSpooledFile);
}

/** Copies of whole projects that were sent and that no project is being made of, the newest first. */
export async function listSpooledArchives(pool: pg.Pool, workspaceId: string): Promise<SpooledFile[]> {
  const { rows } = await pool.query(
    `SELECT ${spooledColumns} FROM spooled_file f WHERE f.workspace_id = $1 AND f.project_id IS NULL AND NOT ${inArchive}
     ORDER BY f.id DESC LIMIT ${mostListed}`,
    [workspaceId],
  );
  return rows.map(toSpooledFile);
}

/** The pieces of a file in their order, by their keys in the file store. */
export async function partsOf(pool: pg.Pool, { workspaceId, id }: SpooledKey): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>(
    "SELECT key FROM spooled_part WHERE workspace_id = $1 AND file_id = $2 ORDER BY start",
    [workspaceId, id],
  );
  return rows.map(({ key }) => key);
}

/** @throws DomainError conflict for a file that is not there whole. */
export function assertReady({ view }: SpooledFile): void {
  if (view.state === "arriving") throw refused("spooledArriving", { received: view.received });
  if (view.state === "failed") throw refused("spooledFailed");
}

/** Puts off when a file is removed: somebody works with it. */
export async function keepSpooled(pool: pg.Pool, { workspaceId, id }: SpooledKey, keptMs: number): Promise<void> {
  await pool.query(
    `UPDATE spooled_file SET expires_at = greatest(expires_at, clock_timestamp() + $3::float8 * interval '1 ms')
     WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, id, keptMs],
  );
}
