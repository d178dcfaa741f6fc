import type pg from "pg";
import { z } from "zod";
import { archiveFolder } from "../archives/view.ts";
import { type Advance, type StepTools, step } from "../steps.ts";

/** A deletion under way. */
export interface DeletionRow {
  readonly of: "deletion";
  readonly id: string;
  readonly workspaceId: string;
  readonly projectId: string;
  readonly kind: "project" | "prompts";
}

/** Rows of curves at once, as many as go in some tens of milliseconds. */
const metricsAtOnce = 20_000;
/** One look at all leases and judgements for each version of the guideline, as their foreign keys ask for. */
const lastTimeoutMs = 10 * 60_000;

/**
 * What is left of a project without tasks and prompts: its runs with their curves and checkpoints, its files, and in one
 * last transaction the rows that describe it. Models stay, and so do their files.
 */
export async function removeProject(tools: StepTools, row: DeletionRow): Promise<Advance> {
  const metrics = await step(tools.pool, row, (client) => removeMetrics(client, row.projectId));
  if (metrics === null) return "waiting";
  if (metrics > 0) return "more";
  if (!(await endRuns(tools.pool, row.projectId))) return "waiting";
  await removeRunFiles(tools, row.projectId);
  await tools.files.removePrefix(`media/${row.workspaceId}/${row.projectId}`);
  // The rows first: whoever is writing a file then has nothing to publish, and no piece that arrives counts.
  for (const table of ["label_set_file", "import_job", "spooled_file", "project_archive"]) {
    await tools.pool.query(`DELETE FROM ${table} WHERE project_id = $1`, [row.projectId]);
  }
  await tools.files.removePrefix(`label-sets/${row.workspaceId}/${row.projectId}`);
  await tools.files.removePrefix(`spool/${row.workspaceId}/${row.projectId}`);
  await tools.files.removePrefix(archiveFolder(row));
  const removed = await step(tools.pool, row, (client) => removeRest(client, row));
  return removed === null ? "waiting" : "done";
}

async function removeMetrics(client: pg.PoolClient, projectId: string): Promise<number> {
  const { rowCount } = await client.query(
    `DELETE FROM metric WHERE ctid = ANY (ARRAY(
       SELECT m.ctid FROM run r JOIN metric m ON m.run_id = r.id WHERE r.project_id = $1 LIMIT $2))`,
    [projectId, metricsAtOnce],
  );
  return rowCount ?? 0;
}

/** A run that was asked for at the very moment of the deletion; its worker finds the fence closed. */
async function endRuns(pool: pg.Pool, projectId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE run SET state = 'cancelled', finished_at = clock_timestamp(), heartbeat_at = NULL
     WHERE project_id = $1 AND state IN ('waiting', 'queued', 'running')`,
    [projectId],
  );
  return rowCount === 0;
}

const ModelFiles = z.array(z.object({ path: z.string() }));

/** All below a run's folder but what a model is made of. */
async function removeRunFiles({ pool, files }: StepTools, projectId: string): Promise<void> {
  const { rows: runs } = await pool.query<{ id: string }>("SELECT id FROM run WHERE project_id = $1", [projectId]);
  if (runs.length === 0) return;
  const { rows: models } = await pool.query<{ files: unknown }>(
    `SELECT v.files FROM model_version v JOIN project p ON p.workspace_id = v.workspace_id WHERE p.id = $1`,
    [projectId],
  );
  const kept = new Set(models.flatMap(({ files: made }) => ModelFiles.parse(made).map(({ path }) => path)));
  for (const { id } of runs) {
    for await (const { key } of files.list(`runs/${id}`)) if (!kept.has(key)) await files.remove(key);
  }
}

/** In this order: each names only what goes after it. What describes a project alone goes with its row. */
const lastTables = [
  "DELETE FROM checkpoint c USING run r WHERE r.id = c.run_id AND r.project_id = $1",
  "UPDATE run SET evaluation_id = NULL, label_set_id = NULL, waits_for_id = NULL WHERE project_id = $1",
  "UPDATE run SET waits_for_id = NULL WHERE waits_for_id IN (SELECT id FROM run WHERE project_id = $1)",
  "UPDATE evaluation SET candidate_run_id = NULL WHERE candidate_run_id IN (SELECT id FROM run WHERE project_id = $1)",
  "DELETE FROM evaluation WHERE project_id = $1",
  "DELETE FROM run WHERE project_id = $1",
  "DELETE FROM label_set WHERE project_id = $1",
  "DELETE FROM media WHERE project_id = $1",
  "DELETE FROM import WHERE project_id = $1",
  "DELETE FROM schedule WHERE project_id = $1",
  "DELETE FROM link WHERE project_id = $1",
  "DELETE FROM project_access WHERE project_id = $1",
  "DELETE FROM tally WHERE project_id = $1",
  "DELETE FROM cursor WHERE project_id = $1",
  "DELETE FROM repeat_due WHERE project_id = $1",
  "DELETE FROM running_number WHERE owner_id = $1",
  "DELETE FROM guideline WHERE project_id = $1",
  "DELETE FROM questionnaire WHERE project_id = $1",
  "DELETE FROM project WHERE id = $1",
] as const;

async function removeRest(client: pg.PoolClient, { id, projectId }: DeletionRow): Promise<true> {
  await client.query(`SET LOCAL statement_timeout = ${lastTimeoutMs}`);
  await client.query("SELECT set_config('touchstone.deletion', $1, true)", [id]);
  for (const statement of lastTables) await client.query(statement, [projectId]);
  await client.query("UPDATE deletion SET finished_at = clock_timestamp() WHERE id = $1", [id]);
  return true;
}
