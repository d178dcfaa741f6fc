import { ArchiveReceipt, refused } from "@touchstone/contracts";
import type pg from "pg";
import { recordAuditBy } from "../audit/record.ts";
import { copySettings, readTables } from "../backup/tables.ts";
import { clientTransaction } from "../client-transaction.ts";
import { mediaKey } from "../media/media-key.ts";
import { readPieces } from "../spool/append.ts";
import { assertReady, findSpooled, partsOf } from "../spool/queries.ts";
import { forgetBrought } from "./brought.ts";
import { fileEntry, mediaEntry } from "./form.ts";
import { type ArchiveProgress, enterPhase, finishBrought, type HeldArchive } from "./held.ts";
import { drawModelNumbers } from "./model-numbers.ts";
import { type OpenedArchive, openArchive, untilAborted } from "./open.ts";
import { putRows } from "./put-rows.ts";
import { bringingIn, clearStored, noteToClear, pathsNamed, sweepDrafts } from "./stored.ts";
import { assertIdsFree } from "./there-already.ts";
import { ArchiveLostError, whileHeld } from "./working.ts";
import type { ArchiveTools } from "./write.ts";

/**
 * Makes a project of an archive that was brought. All of the file is looked through first; then its pictures, sounds and
 * models go into the store, where no row names them yet, and one transaction makes all rows: until that is through, nobody
 * sees anything of it, and a worker that dies leaves nothing that the next attempt does not take up or remove.
 *
 * @param stop aborted where this worker is to end
 * @throws ArchiveLostError; DomainError with what is wrong with the archive, and then nothing of it is kept
 */
export async function bringInArchive(tools: ArchiveTools, held: HeldArchive, stop: AbortSignal): Promise<void> {
  await whileHeld(tools.db, held, stop, async (at, signal) => {
    const columns = await columnsHere(tools);
    const archive = await openArchive(await contentOf(tools, held), columns, { at, signal });
    try {
      await makeProject({ ...tools, archive, held, at, signal });
    } catch (error) {
      // Where that does not come to its end, `sweepArchives` does it later.
      await clearStored(tools, held.id).catch(() => undefined);
      throw error;
    } finally {
      await archive.close();
    }
  });
  // Only the project is wanted from here on.
  await forgetBrought(tools, held.id);
}

/** @throws DomainError where its bytes are not there any more */
async function contentOf({ pool, files }: ArchiveTools, held: HeldArchive): Promise<AsyncIterable<Uint8Array>> {
  if (held.fileId !== null) {
    const file = await findSpooled(pool, held.workspaceId, held.fileId);
    assertReady(file);
    return readPieces(files, await partsOf(pool, file));
  }
  const stored = held.path === null ? null : await files.get(held.path);
  if (stored === null) throw refused("spooledGone");
  return stored.stream;
}

interface Making extends ArchiveTools {
  readonly archive: OpenedArchive;
  readonly held: HeldArchive;
  readonly at: ArchiveProgress;
  readonly signal: AbortSignal;
}

async function columnsHere({ pool }: ArchiveTools): Promise<Map<string, readonly string[]>> {
  return clientTransaction(pool, async (client) => {
    const tables = await readTables(client);
    return new Map(tables.map(({ name, columns }) => [name, columns]));
  });
}

/**
 * One after another in the whole installation, each under a lock that ends with its transaction: what one stores and then
 * removes, as nothing came of it, may have the name of what another has just stored.
 */
async function makeProject(making: Making): Promise<void> {
  const { pool, archive, at, signal } = making;
  at.totalRows = Object.values(archive.manifest.tables).reduce((sum, { rows }) => sum + rows, 0);
  const work = async (client: pg.PoolClient): Promise<void> => {
    await client.query(copySettings);
    await client.query(bringingIn);
    await assertIdsFree(client, making.held.workspaceId, archive.manifest);
    await noteToClear(making.db, making.held, archive.manifest);
    await storeFiles(making);
    enterPhase(at, "rows", Object.keys(archive.manifest.tables).length);
    await makeRows(client, making);
  };
  await clientTransaction(pool, work, signal);
}

async function makeRows(client: pg.PoolClient, { pool, archive, held, at }: Making): Promise<void> {
  const { manifest } = archive;
  const { workspaceId } = held;
  const numbers = await drawModelNumbers(pool, workspaceId, archive);
  const { people, models } = await putRows(client, { archive, workspaceId, at, numbers });
  const { contents, version, madeAt, project } = manifest;
  const receipt = ArchiveReceipt.parse({ contents, version, madeAt, people, models });
  const by = { workspaceId, id: held.askedById };
  const judgements = manifest.tables.judgement?.rows ?? 0;
  const detail = { projectId: project.id, name: project.name, judgements, version };
  await recordAuditBy(client, by, "project.broughtIn", project.id, detail);
  // Figures of a project with this id that was here before are none of it.
  await client.query("INSERT INTO outbox (topic, key) VALUES ('judged', $1)", [project.id]);
  const isOurs = await finishBrought(client, held, { projectId: project.id, rows: at.rows, receipt });
  if (!isOurs) throw new ArchiveLostError(`archive ${held.id} is no longer this worker's`);
}

/** Pictures, sounds and files of models, under the names by which the rows will name them. */
async function storeFiles({ pool, files, archive, held, at, signal }: Making): Promise<void> {
  const { project, media, files: ofModels } = archive.manifest;
  enterPhase(at, "files", media.length + ofModels.length);
  // Of an attempt that was killed; nobody else writes for a project that is not there.
  await files.sweep(`media/${held.workspaceId}/${project.id}`);
  for (const { sha256 } of media) {
    signal.throwIfAborted();
    const key = mediaKey({ workspaceId: held.workspaceId, projectId: project.id, sha256 });
    await files.put(key, untilAborted(archive.part(mediaEntry(sha256)), signal));
    at.step += 1;
  }
  const paths = ofModels.map(({ path }) => path);
  const named = await pathsNamed(pool, paths);
  await sweepDrafts(files, named, paths);
  for (const { path } of ofModels) {
    signal.throwIfAborted();
    // A model that is here already keeps its files.
    if (!named.has(path)) await files.put(path, untilAborted(archive.part(fileEntry(path)), signal));
    at.step += 1;
  }
}
