import type pg from "pg";
import { removeArchives } from "../archives/remove.ts";
import { renewOutdatedFiles } from "../label-sets/files/remove.ts";
import { removeFiles } from "../media/delete.ts";
import { lockMedia } from "../media/store.ts";
import { featuresPrefix } from "../models/features.ts";
import { letSchedulesFollow } from "../schedules/follow.ts";
import { type Advance, holdStill, orWaiting, type StepTools, step } from "../steps.ts";
import { type DeletionRow, removeProject } from "./remove-project.ts";

/** Few enough that nobody waits long for a row of these: some tens of milliseconds. */
const tasksAtOnce = 200;
const promptsAtOnce = 500;

/**
 * One step of a deletion, in transactions of its own. Killed anywhere, the next step goes on with what is left: rows name
 * files until these are gone. Any number of processes may call it for the same deletion; they take turns.
 */
export async function advanceDeletion(tools: StepTools, id: string): Promise<Advance> {
  return orWaiting(advance(tools, id));
}

async function advance(tools: StepTools, id: string): Promise<Advance> {
  const row = await findUnderWay(tools.pool, id);
  if (row === null) return "done";
  const tasks = await step(tools.pool, row, (client) => removeTasks(client, row));
  if (tasks === null) return "waiting";
  if (tasks > 0) return "more";
  if (await tasksAreLeft(tools.pool, row)) return "waiting";
  const prompts = await step(tools.pool, row, (client) => removePrompts(client, row));
  await removeBytes(tools, row);
  if (prompts === null) return "waiting";
  if (prompts > 0) return "more";
  await tools.files.removePrefix(featuresPrefix(row));
  if (row.kind === "project") return removeProject(tools, row);
  // Files of label sets that hold what is gone: they are written anew without it.
  await renewOutdatedFiles(tools, row.projectId);
  await removeArchives(tools, row, "deleted");
  await step(tools.pool, row, (client) => finish(client, row));
  return "done";
}

async function findUnderWay(pool: pg.Pool, id: string): Promise<DeletionRow | null> {
  const { rows } = await pool.query<DeletionRow>(
    `SELECT id, 'deletion' AS of, workspace_id AS "workspaceId", project_id AS "projectId", kind FROM deletion WHERE id = $1 AND finished_at IS NULL`,
    [id],
  );
  return rows[0] ?? null;
}

async function removeTasks(client: pg.PoolClient, { id, projectId }: DeletionRow): Promise<number | null> {
  if (!(await holdStill(client, projectId))) return null;
  const { rows } = await client.query<{ count: number }>("SELECT remove_tasks($1, $2) AS count", [id, tasksAtOnce]);
  return rows[0]?.count ?? 0;
}

async function tasksAreLeft(pool: pg.Pool, { id, projectId, kind }: DeletionRow): Promise<boolean> {
  const { rows } = await pool.query<{ left: boolean }>(
    kind === "project"
      ? "SELECT EXISTS (SELECT FROM task WHERE project_id = $1) AS left"
      : `SELECT EXISTS (SELECT FROM deletion_prompt x JOIN task t ON t.prompt_id = x.prompt_id WHERE x.deletion_id = $1) AS left`,
    [kind === "project" ? projectId : id],
  );
  return rows[0]?.left ?? false;
}

async function removePrompts(client: pg.PoolClient, { id, workspaceId }: DeletionRow): Promise<number> {
  await lockMedia(client, workspaceId);
  const { rows } = await client.query<{ count: number }>("SELECT remove_prompts($1, $2) AS count", [id, promptsAtOnce]);
  return rows[0]?.count ?? 0;
}

/** The bytes of files whose rows a step has removed: the rows that name them go when the bytes are gone. */
async function removeBytes({ pool, files }: StepTools, { id, workspaceId, projectId }: DeletionRow): Promise<void> {
  const { rows } = await pool.query<{ sha256: string }>("SELECT sha256 FROM deletion_file WHERE deletion_id = $1", [
    id,
  ]);
  if (rows.length === 0) return;
  await removeFiles(
    { pool, files },
    rows.map(({ sha256 }) => ({ workspaceId, projectId, sha256 })),
  );
  await pool.query("DELETE FROM deletion_file WHERE deletion_id = $1 AND sha256 = ANY ($2)", [
    id,
    rows.map(({ sha256 }) => sha256),
  ]);
}

/** Of prompts: whoever was known to be within their share of the project is counted anew, as it has fewer tasks now. */
async function finish(client: pg.PoolClient, { id, projectId }: DeletionRow): Promise<void> {
  await client.query("UPDATE tally SET allowed = 0 WHERE project_id = $1", [projectId]);
  await letSchedulesFollow(client, { projectId });
  await client.query("DELETE FROM deletion_prompt WHERE deletion_id = $1", [id]);
  await client.query("UPDATE deletion SET finished_at = clock_timestamp() WHERE id = $1", [id]);
  await client.query("INSERT INTO outbox (topic, key) VALUES ('judged', $1)", [projectId]);
}
