import type pg from "pg";
import type { FileStore } from "../files/file-store.ts";
import { archiveFolder } from "./view.ts";

interface Tools {
  readonly pool: pg.Pool;
  readonly files: FileStore;
}

interface Of {
  readonly workspaceId: string;
  /** Null: all projects of the workspace. */
  readonly projectId: string | null;
}

type Because = "erased" | "deleted";

/**
 * Says of the copies that hold what is gone that they are no more, in the transaction of the client: nobody gets one from
 * then on, and whoever is writing one has lost it. One that waits has not read anything yet. Their files go by
 * `removeMarked`; the path says until then that they are to.
 */
export async function markRemoved(client: Pick<pg.ClientBase, "query">, of: Of, because: Because): Promise<void> {
  await client.query(
    `UPDATE project_archive SET state = 'removed', removed_because = $3, attempt = attempt + 1,
       path = coalesce(path, 'archives/' || workspace_id || '/' || project_id), bytes = NULL, sha256 = NULL, told = NULL,
       phase = NULL, heartbeat_at = NULL, ended_at = clock_timestamp()
     WHERE workspace_id = $1 AND ($2::uuid IS NULL OR project_id = $2) AND direction = 'out'
       AND state IN ('working', 'ready')`,
    [of.workspaceId, of.projectId, because],
  );
}

/** Removes the files of all copies that are marked so. Said again, nothing changes. */
export async function removeMarked({ pool, files }: Tools): Promise<void> {
  const { rows } = await pool.query<{ id: string; workspaceId: string; projectId: string }>(
    `SELECT id, workspace_id AS "workspaceId", project_id AS "projectId" FROM project_archive
     WHERE state = 'removed' AND path IS NOT NULL`,
  );
  for (const { id, ...of } of rows) {
    await files.removePrefix(archiveFolder(of));
    await pool.query("UPDATE project_archive SET path = NULL WHERE id = $1 AND state = 'removed'", [id]);
  }
}

/**
 * Removes the copies of a project, or of all projects of a workspace, that hold what is gone from it: none is in the store
 * when this returns. Nobody writes them anew by themselves: their page says why they are gone, and the next one that is
 * asked for is without it.
 */
export async function removeArchives(tools: Tools, of: Of, because: Because): Promise<void> {
  await markRemoved(tools.pool, of, because);
  await removeMarked(tools);
}
