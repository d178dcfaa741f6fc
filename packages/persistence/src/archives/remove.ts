import type pg from "pg";
import type { FileStore } from "../files/file-store.ts";
import { archiveFolder } from "./view.ts";

interface Tools {
  readonly pool: pg.Pool;
  readonly files: FileStore;
}

/**
 * Removes the copies of a project, or of all projects of a workspace, that hold what is gone from it: none is in the store
 * when this returns, and whoever is writing one has lost it. Nobody writes them anew by themselves: their page says why
 * they are gone, and the next one that is asked for is without it. Said again, nothing changes.
 */
export async function removeArchives(
  { pool, files }: Tools,
  { workspaceId, projectId }: { readonly workspaceId: string; readonly projectId: string | null },
  because: "erased" | "deleted",
): Promise<void> {
  // One that waits has not read anything yet, and is written without it.
  const { rows } = await pool.query<{ projectId: string }>(
    `UPDATE project_archive SET state = 'removed', removed_because = $3, attempt = attempt + 1, path = NULL, bytes = NULL,
       sha256 = NULL, told = NULL, phase = NULL, heartbeat_at = NULL, ended_at = clock_timestamp()
     WHERE workspace_id = $1 AND ($2::uuid IS NULL OR project_id = $2) AND direction = 'out'
       AND state IN ('working', 'ready') RETURNING project_id AS "projectId"`,
    [workspaceId, projectId, because],
  );
  for (const row of rows) await files.removePrefix(archiveFolder({ workspaceId, projectId: row.projectId }));
}
