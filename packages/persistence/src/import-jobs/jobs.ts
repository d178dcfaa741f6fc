import { type ImportJobView, type ImportQuery, type ImportView, type Problem, refused } from "@touchstone/contracts";
import type pg from "pg";
import type { MemberActor } from "../audit/record.ts";
import { isUniqueViolation } from "../faults.ts";
import type { SpooledFile } from "../spool/spooled-file.ts";
import { jobColumns, toJobView } from "./import-job.ts";

/** As many as a page lists. */
const mostListed = 20;
/** How long the end of a job is told. */
const toldDays = 30;

/** How far an import is. */
export interface ImportProgress {
  phase: ImportJobView["phase"];
  bytesRead: number;
  rowsRead: number;
  rows: number | null;
  step: number;
  steps: number | null;
}

/** @throws DomainError not_found where the file is gone; conflict while it is being imported already. */
export async function beginImportJob(
  pool: pg.Pool,
  who: MemberActor,
  file: SpooledFile,
  query: ImportQuery,
): Promise<ImportJobView> {
  try {
    const { rows } = await pool.query(
      `WITH held AS (SELECT FROM spooled_file WHERE workspace_id = $1 AND id = $4 AND state = 'ready' FOR KEY SHARE),
       j AS (INSERT INTO import_job (workspace_id, project_id, member_id, file_id, file_name, query, bytes)
         SELECT $1, $2, $3, $4, $5, $6, $7 FROM held RETURNING *)
       SELECT ${jobColumns} FROM j`,
      [
        ...[who.workspaceId, file.projectId, who.id, file.id, file.view.name, JSON.stringify(query)],
        file.view.bytes ?? file.view.received,
      ],
    );
    if (!rows[0]) throw refused("notThere", { kind: "file" });
    return toJobView(rows[0]);
  } catch (error) {
    throw isUniqueViolation(error) ? refused("spooledInImport") : error;
  }
}

/** Says how far a job is, and that its process lives. @returns whether it is still wanted */
export async function reportImportJob(pool: pg.Pool, id: string, progress: ImportProgress): Promise<boolean> {
  const { phase, bytesRead, rowsRead, rows, step, steps } = progress;
  const { rowCount } = await pool.query(
    `UPDATE import_job SET phase = $2, bytes_read = $3, rows_read = $4, rows = $5, step = $6, steps = $7,
       beat_at = clock_timestamp()
     WHERE id = $1 AND state = 'running'`,
    [id, phase, Math.round(bytesRead), rowsRead, rows, step, steps],
  );
  return rowCount === 1;
}

/**
 * Ends a job as done, in the transaction that brings its rows in: it is done if they are there, and they are there if it is.
 *
 * @throws DomainError conflict where it was stopped or given up meanwhile: nothing may be written then.
 */
export async function finishImportJob(client: pg.PoolClient, id: string, result: ImportView): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE import_job SET state = 'done', phase = 'writing', bytes_read = bytes, rows_read = $3, step = coalesce(steps, step),
       result = $2, ended_at = clock_timestamp()
     WHERE id = $1 AND state = 'running'`,
    [id, JSON.stringify(result), result.rows],
  );
  if (rowCount !== 1) throw refused("importStopped");
}

/** Ends a job that did not come to its end; one that has ended stays as it is. */
export async function endImportJob(
  pool: pg.Pool,
  id: string,
  state: "failed" | "cancelled" | "interrupted",
  problem: Problem | null = null,
): Promise<void> {
  await pool.query(
    `UPDATE import_job SET state = $2, problem = $3, ended_at = clock_timestamp() WHERE id = $1 AND state = 'running'`,
    [id, state, problem === null ? null : JSON.stringify(problem)],
  );
}

/** Stops a job: from here on it can write nothing. @throws DomainError not_found; conflict where it has ended. */
export async function cancelImportJob(pool: pg.Pool, workspaceId: string, id: string): Promise<ImportJobView> {
  const { rowCount } = await pool.query(
    `UPDATE import_job SET state = 'cancelled', ended_at = clock_timestamp()
     WHERE workspace_id = $1 AND id = $2 AND state = 'running'`,
    [workspaceId, id],
  );
  const view = await findImportJob(pool, workspaceId, id);
  if (rowCount !== 1) throw refused("importJobEnded");
  return view;
}

/** Jobs whose process has not been heard of for so long have ended with it. Those of long ago are told no more. */
export async function endLostImportJobs(pool: pg.Pool, silentMs: number): Promise<void> {
  await pool.query(
    `UPDATE import_job SET state = 'interrupted', ended_at = clock_timestamp()
     WHERE state = 'running' AND beat_at < clock_timestamp() - $1::float8 * interval '1 ms'`,
    [silentMs],
  );
  await pool.query(`DELETE FROM import_job WHERE ended_at < clock_timestamp() - interval '${toldDays} days'`);
}

/** @throws DomainError not_found */
export async function findImportJob(pool: pg.Pool, workspaceId: string, id: string): Promise<ImportJobView> {
  const { rows } = await pool.query(`SELECT ${jobColumns} FROM import_job j WHERE j.workspace_id = $1 AND j.id = $2`, [
    workspaceId,
    id,
  ]);
  if (!rows[0]) throw refused("notThere", { kind: "import" });
  return toJobView(rows[0]);
}

/** Of a project, the newest first. */
export async function listImportJobs(pool: pg.Pool, workspaceId: string, projectId: string): Promise<ImportJobView[]> {
  const { rows } = await pool.query(
    `SELECT ${jobColumns} FROM import_job j WHERE j.workspace_id = $1 AND j.project_id = $2 ORDER BY j.id DESC LIMIT ${mostListed}`,
    [workspaceId, projectId],
  );
  return rows.map(toJobView);
}
