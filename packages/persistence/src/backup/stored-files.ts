import type pg from "pg";
import { z } from "zod";

const StoredFiles = z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number() }));

/** What the rows say lies below the files root. */
export interface FilesOfRows {
  /** Written once and never changed. */
  models: z.infer<typeof StoredFiles>;
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
    checkpoints: checkpoints.rows.map(({ path }) => path),
  };
}
