import { refused } from "@touchstone/contracts";
import type pg from "pg";
import { type MemberActor, recordAuditBy } from "../audit/record.ts";
import { clientTransaction } from "../client-transaction.ts";
import type { FileStore } from "../files/file-store.ts";
import { mediaKey } from "./media-key.ts";
import { lockMedia } from "./store.ts";
import { MediaRow, mediaColumns } from "./view.ts";

/** Whatever names a file in the file store. */
export type StoredMedia = Pick<MediaRow, "workspaceId" | "projectId" | "sha256">;

/**
 * Deletes a picture or a sound that nothing shows.
 *
 * @throws DomainError not_found, conflict.
 */
export async function deleteMedia(
  { pool, files }: { readonly pool: pg.Pool; readonly files: FileStore },
  who: MemberActor,
  id: string,
): Promise<void> {
  const gone = await clientTransaction(pool, async (client) => {
    await lockMedia(client, who.workspaceId);
    const { rows } = await client.query<{ uses: number }>(
      `SELECT ${mediaColumns}, (SELECT count(*)::int FROM media_use u WHERE u.media_id = media.id) AS uses
       FROM media WHERE id = $1 AND workspace_id = $2 FOR UPDATE`,
      [id, who.workspaceId],
    );
    const [found] = rows;
    if (!found) throw refused("notYours", { kind: "media" });
    if (found.uses > 0) throw refused("mediaInUse", { count: found.uses });
    await client.query("DELETE FROM media WHERE id = $1", [id]);
    const row = MediaRow.parse(found);
    const { projectId, type, bytes } = row;
    await recordAuditBy(client, who, "media.deleted", id, { projectId, name: row.names[0], type, bytes });
    return row;
  });
  await removeFiles({ pool, files }, [gone]);
}

/** Forgets those of these files that nothing shows: what an import had kept for rows that were not taken then. */
export async function forgetUnused(
  { pool, files }: { readonly pool: pg.Pool; readonly files: FileStore },
  workspaceId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await pool.query<StoredMedia>(
    `DELETE FROM media WHERE workspace_id = $1 AND id = ANY ($2::uuid[])
       AND NOT EXISTS (SELECT FROM media_use u WHERE u.media_id = media.id)
     RETURNING workspace_id AS "workspaceId", project_id AS "projectId", sha256`,
    [workspaceId, ids],
  );
  await removeFiles({ pool, files }, rows);
}

/**
 * Removes the bytes of files whose rows are gone. After that transaction, so that no row is ever without its file; under the
 * lock of uploads, for one of them may have brought the same file again meanwhile.
 */
export async function removeFiles(
  { pool, files }: { readonly pool: pg.Pool; readonly files: FileStore },
  gone: readonly StoredMedia[],
): Promise<void> {
  const [first] = gone;
  if (first === undefined) return;
  await clientTransaction(pool, async (client) => {
    await lockMedia(client, first.workspaceId);
    for (const media of gone) {
      const again = await client.query("SELECT FROM media WHERE project_id = $1 AND sha256 = $2", [
        media.projectId,
        media.sha256,
      ]);
      if (!again.rowCount) await files.remove(mediaKey(media));
    }
  });
}
