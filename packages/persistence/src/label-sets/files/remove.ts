import { refused } from "@touchstone/contracts";
import type pg from "pg";
import { type Actor, recordAudit } from "../../audit/record.ts";
import type { Database } from "../../client.ts";
import type { FileStore } from "../../files/file-store.ts";
import { promiseFiles, takeBackFiles } from "./unwritten.ts";
import { folderOfSet } from "./view.ts";

/** Deletes one file of a label set; it can be asked for again. @throws DomainError not_found. */
export async function deleteLabelSetFile(
  { db, files }: { readonly db: Database; readonly files: FileStore },
  by: Actor,
  labelSetId: string,
  name: string,
): Promise<void> {
  const { workspaceId } = by;
  const row = await db.labelSetFile.findFirst({ where: { workspaceId, labelSetId, name } });
  if (!row) throw refused("notThere", { kind: "labelSetFile" });
  const { projectId, id } = row;
  await db.$transaction(async (tx) => {
    const { count } = await tx.labelSetFile.deleteMany({ where: { id } });
    if (count > 0) await recordAudit(tx, by, "labelSet.fileDeleted", labelSetId, { projectId, file: name });
  });
  // Whoever is writing it finds its row gone, and removes what it wrote.
  await files.removePrefix(`${folderOfSet(row)}/${id}`);
}

interface Tools {
  readonly pool: pg.Pool;
  readonly files: FileStore;
}

interface SetOfFiles {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly labelSetId: string;
}

/** Removes all files of a label set with their rows: nothing of its texts is left in the store. Said again, nothing changes. */
export async function deleteFilesOf({ pool, files }: Tools, set: SetOfFiles): Promise<void> {
  // The rows first: whoever is writing one then has nothing to publish.
  await pool.query("DELETE FROM label_set_file WHERE workspace_id = $1 AND label_set_id = $2", [
    set.workspaceId,
    set.labelSetId,
  ]);
  await files.removePrefix(folderOfSet(set));
}

/**
 * Has the files of a label set written anew, as after something in it was deleted or changed: what stood in the store is
 * gone when this returns, and their addresses lead to the new ones once a worker has written them.
 *
 * @returns how many files it were
 */
export async function renewFilesOf({ pool, files }: Tools, set: SetOfFiles): Promise<number> {
  const renewed = await takeBackFiles(pool, set.workspaceId, set.labelSetId);
  await files.removePrefix(folderOfSet(set));
  await promiseFiles(pool, renewed);
  return renewed.length;
}

const filesBySet = `SELECT DISTINCT f.workspace_id AS "workspaceId", f.project_id AS "projectId", f.label_set_id AS "labelSetId"
   FROM label_set_file f`;

/** The label sets of a project with files, written or being written, that hold what was deleted since. */
export async function renewOutdatedFiles(tools: Tools, projectId: string): Promise<void> {
  const { rows } = await tools.pool.query<SetOfFiles>(
    `${filesBySet} WHERE f.project_id = $1 AND f.state IN ('writing', 'ready')
       AND f.deleted <> (SELECT count(*) FROM label_set_tombstone t WHERE t.label_set_id = f.label_set_id)`,
    [projectId],
  );
  for (const set of rows) await renewFilesOf(tools, set);
}

/** All label sets of a project with files, or of the whole workspace, as when somebody is erased: how they called who judged is old. */
export async function renewFilesWithin(
  tools: Tools,
  { workspaceId, projectId }: { readonly workspaceId: string; readonly projectId: string | null },
): Promise<void> {
  const { rows } = await tools.pool.query<SetOfFiles>(
    `${filesBySet} WHERE f.workspace_id = $1 AND ($2::uuid IS NULL OR f.project_id = $2)`,
    [workspaceId, projectId],
  );
  for (const set of rows) await renewFilesOf(tools, set);
}
