import { dirname } from "node:path/posix";
import type pg from "pg";
import { z } from "zod";
import type { Database } from "../client.ts";
import { clientTransaction } from "../client-transaction.ts";
import type { FileStore } from "../files/file-store.ts";
import type { Manifest } from "./form.ts";
import type { HeldArchive } from "./held.ts";
import { ArchiveLostError } from "./working.ts";

/**
 * Taken by whoever brings an archive in, and by whoever removes what one has left, until their transaction ends: what one
 * removes may have the name of what another has just stored.
 */
export const bringingIn = "SELECT pg_advisory_xact_lock(hashtextextended('bringing in archives', 0))";

/** What an archive puts into the file store before the rows are there that name it. */
const ToClear = z.object({
  projectId: z.uuid(),
  /** Of models, by their paths. */
  files: z.array(z.string()),
});

const mediaFolder = (workspaceId: string, projectId: string) => `media/${workspaceId}/${projectId}`;

/**
 * Writes down what is about to be stored, for whoever has to remove it where the rows never come.
 *
 * @throws ArchiveLostError where the archive is no longer wanted, and nothing of it may be stored
 */
export async function noteToClear(db: Database, { id, attempt }: HeldArchive, manifest: Manifest): Promise<void> {
  const toClear = ToClear.parse({ projectId: manifest.project.id, files: manifest.files.map(({ path }) => path) });
  const count = await db.$executeRaw`
    UPDATE project_archive SET to_clear = ${JSON.stringify(toClear)}::jsonb
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'working'`;
  if (count === 0) throw new ArchiveLostError(`archive ${id} is no longer this worker's`);
}

/** Of these paths those of files that a model of this installation is made of. */
export async function pathsNamed(pool: pg.Pool | pg.ClientBase, paths: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ path: string }>(
    `SELECT DISTINCT f.of ->> 'path' AS path FROM model_version m, jsonb_array_elements(m.files) AS f (of)
     WHERE f.of ->> 'path' = ANY ($1)`,
    [paths],
  );
  return new Set(rows.map(({ path }) => path));
}

/** What processes that were killed had begun to write where nothing else lies. */
export async function sweepDrafts(
  files: FileStore,
  named: ReadonlySet<string>,
  paths: readonly string[],
): Promise<void> {
  const taken = new Set([...named].map(dirname));
  const own = new Set(paths.map(dirname).filter((folder) => !taken.has(folder)));
  for (const folder of own) await files.sweep(folder);
}

/** Removes what an archive has put into the store for a project that was then not made. Said again, nothing changes. */
export async function clearStored(
  { pool, files }: { readonly pool: pg.Pool; readonly files: FileStore },
  id: string,
): Promise<void> {
  await clientTransaction(pool, async (client) => {
    await client.query(bringingIn);
    const { rows } = await client.query<{ workspaceId: string; toClear: unknown }>(
      `SELECT workspace_id AS "workspaceId", to_clear AS "toClear" FROM project_archive
       WHERE id = $1 AND to_clear IS NOT NULL`,
      [id],
    );
    const [row] = rows;
    if (!row) return;
    const { projectId, files: paths } = ToClear.parse(row.toClear);
    const { rowCount } = await client.query("SELECT FROM project WHERE id = $1", [projectId]);
    // Another archive has made it meanwhile: the pictures are that one's.
    if (rowCount === 0) await files.removePrefix(mediaFolder(row.workspaceId, projectId));
    const named = await pathsNamed(client, paths);
    for (const path of paths) if (!named.has(path)) await files.remove(path);
    await sweepDrafts(files, named, paths);
    await client.query("UPDATE project_archive SET to_clear = NULL WHERE id = $1", [id]);
  });
}
