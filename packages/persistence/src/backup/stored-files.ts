import type pg from "pg";
import { z } from "zod";
import { mediaKey } from "../media/media-key.ts";

const StoredFiles = z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number() }));

/** What the rows say lies below the files root. */
export interface FilesOfRows {
  /** Written once and never changed. */
  models: z.infer<typeof StoredFiles>;
  /** Pictures and sounds: neither do they change. */
  media: z.infer<typeof StoredFiles>;
  /** Folders, the newest first; a worker forgets all but the newest two of a run that goes on. */
  checkpoints: string[];
}

/** @param client in the transaction whose rows are meant. */
export async function readFilesOfRows(client: pg.ClientBase): Promise<FilesOfRows> {
  const models = await client.query<{ files: unknown }>("SELECT files FROM model_version ORDER BY id");
  const checkpoints = await client.query<{ path: string }>(
    "SELECT path FROM checkpoint ORDER BY created_at DESC, step DESC",
  );
  const files = models.rows.flatMap((row) => StoredFiles.parse(row.files));
  return {
    models: [...new Map(files.map((file) => [file.path, file])).values()],
    media: await readMedia(client),
    checkpoints: checkpoints.rows.map(({ path }) => path),
  };
}

/** A database of an earlier version has no such table. */
async function readMedia(client: pg.ClientBase): Promise<FilesOfRows["media"]> {
  const { rows: found } = await client.query<{ there: boolean }>("SELECT to_regclass('media') IS NOT NULL AS there");
  if (!found[0]?.there) return [];
  const { rows } = await client.query<{ workspaceId: string; projectId: string; sha256: string; bytes: number }>(
    `SELECT workspace_id AS "workspaceId", project_id AS "projectId", sha256, bytes FROM media ORDER BY id`,
  );
  return rows.map((row) => ({ path: mediaKey(row), sha256: row.sha256, bytes: row.bytes }));
}
