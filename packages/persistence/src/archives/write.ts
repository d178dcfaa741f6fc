import { createHash } from "node:crypto";
import { type ArchiveContents, archiveForm, refused } from "@touchstone/contracts";
import { gzipped, type ZipPart, zipped } from "@touchstone/datasets";
import type pg from "pg";
import { z } from "zod";
import { copySettings, quoted, readMigrationRecord, readTables } from "../backup/tables.ts";
import type { Database } from "../client.ts";
import { clientTransaction } from "../client-transaction.ts";
import type { FileStore } from "../files/file-store.ts";
import { mediaKey } from "../media/media-key.ts";
import { fileEntry, type Manifest, manifestEntry, mediaEntry, mostFiles, tableEntry } from "./form.ts";
import { type ArchiveProgress, enterPhase, finishArchive, type HeldArchive } from "./held.ts";
import { copyLines, linesIn } from "./json-lines.ts";
import { archiveTables, type Travelling, travelling } from "./tables.ts";
import { archiveFolder } from "./view.ts";
import { ArchiveLostError, whileHeld } from "./working.ts";

export interface ArchiveTools {
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly files: FileStore;
  /** Of the product. */
  readonly version: string;
}

/** Names of files that are not there are told so far; their number always is. */
const mostMissing = 100;

/**
 * Writes a whole project as one file by streaming. All rows are of one moment: they are read in a transaction that sees no
 * later one and keeps nobody from writing. The store shows the file once all of it is on disk, and the row names it after that.
 *
 * @param stop aborted where this worker is to end
 * @throws ArchiveLostError; DomainError where the project has more files than one archive takes
 */
export async function writeArchive(tools: ArchiveTools, held: HeldArchive, stop: AbortSignal): Promise<void> {
  const { db, pool, files } = tools;
  const { projectId } = held;
  if (projectId === null) throw new Error(`archive ${held.id} is of no project`);
  const folder = archiveFolder(held);
  const path = `${folder}/${held.id}/${held.attempt}/archive.zip`;
  await whileHeld(db, held, stop, async (at, signal) => {
    // What earlier attempts left, and the archive that this one takes the place of. A later one may be at work already.
    for (let attempt = 0; attempt < held.attempt; attempt++)
      await files.removePrefix(`${folder}/${held.id}/${attempt}`);
    const hash = createHash("sha256");
    const source = { ...tools, held: { ...held, projectId }, at, signal, contents: nothingYet() };
    const bytes = await clientTransaction(
      pool,
      async (client) => {
        await client.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        await client.query(copySettings);
        async function* content() {
          for await (const chunk of zipped(partsOf(source, client), new Date())) {
            signal.throwIfAborted();
            hash.update(chunk);
            yield chunk;
          }
        }
        return files.put(path, content());
      },
      signal,
    );
    const written = { path, bytes, sha256: hash.digest("hex"), rows: at.rows, contents: source.contents };
    if (await finishArchive(db, held, written)) return;
    await files.remove(path);
    throw new ArchiveLostError(`archive ${held.id} was not wanted as it was written`);
  });
}

const nothingYet = (): ArchiveContents => ({ tables: {}, media: 0, models: 0, missing: [], missingFiles: 0 });

interface Source extends ArchiveTools {
  readonly held: HeldArchive & { readonly projectId: string };
  readonly at: ArchiveProgress;
  readonly signal: AbortSignal;
  readonly contents: ArchiveContents;
}

/** All parts, one after the other, and the list of them last. */
async function* partsOf(source: Source, client: pg.ClientBase): AsyncGenerator<ZipPart> {
  const { at, contents, held } = source;
  const list = await beginManifest(source, client);
  const shapes = new Map((await readTables(client)).map(({ name, columns }) => [name, columns]));
  at.totalRows = await countRows(client, held.projectId);
  enterPhase(at, "rows", travelling.length);
  for (const [table, how] of travelling) {
    const columns = (shapes.get(table) ?? []).filter((column) => how.here[column] !== null);
    const counted = { rows: 0 };
    const lines = countedLines(copyLines(client, rowsOf(table, columns, how, held.projectId)), counted, at);
    const part = seen(gzipped(lines));
    yield { name: tableEntry(table), content: part.bytes() };
    list.tables[table] = { ...part.figures(), rows: counted.rows, columns };
    contents.tables[table] = counted.rows;
    at.step += 1;
  }
  const { media, files } = await filesOf(client, held);
  const count = media.length + files.length;
  if (count > mostFiles) throw refused("archiveTooManyFiles", { count, limit: mostFiles });
  enterPhase(at, "files", count);
  for (const each of media) {
    at.step += 1;
    const part = await storedPart(source, mediaKey(each), each);
    if (part === null) continue;
    yield { name: mediaEntry(each.sha256), content: part.bytes() };
    // What is on a disk may change; the archive then says what it has, and whoever takes it sees that it is another.
    list.media.push(part.figures());
    contents.media += 1;
  }
  for (const { path, ...each } of files) {
    at.step += 1;
    const part = await storedPart(source, path, each);
    if (part === null) continue;
    yield { name: fileEntry(path), content: part.bytes() };
    list.files.push({ path, ...part.figures() });
    contents.models += 1;
  }
  yield { name: manifestEntry, content: textOf(`${JSON.stringify(list, null, 1)}\n`) };
}

async function beginManifest({ version, held, contents }: Source, client: pg.ClientBase): Promise<Manifest> {
  const { rows } = await client.query<{ id: string; name: string }>("SELECT id, name FROM project WHERE id = $1", [
    held.projectId,
  ]);
  const [project] = rows;
  if (!project) throw new ArchiveLostError(`the project of archive ${held.id} is gone`);
  const stays = Object.entries(archiveTables).flatMap(([table, how]) => (how.travels ? [] : [[table, how.why]]));
  const migrations = await readMigrationRecord(client);
  return {
    ...{ format: "touchstone-project-archive", form: archiveForm, version, madeAt: new Date().toISOString() },
    ...{ schema: migrations.at(-1)?.name ?? "", project, tables: {}, media: [], files: [], contents },
    stays: Object.fromEntries(stays),
  };
}

const inPlace = (text: string, projectId: string) =>
  text.replaceAll(":project", `'${z.uuid().parse(projectId)}'::uuid`);

/** Rows as JSON, each with the same columns. */
function rowsOf(table: string, columns: readonly string[], how: Travelling, projectId: string): string {
  const chosen = columns.map((column) => `${how.written[column] ?? `t.${quoted(column)}`} AS ${quoted(column)}`);
  const from = `FROM ${quoted(table)} t WHERE ${how.of} ORDER BY ${how.order}`;
  return inPlace(`SELECT row_to_json(r) FROM (SELECT ${chosen.join(", ")} ${from}) r`, projectId);
}

async function countRows(client: pg.ClientBase, projectId: string): Promise<number> {
  let sum = 0;
  for (const [table, how] of travelling) {
    const { rows } = await client.query<{ count: string }>(
      inPlace(`SELECT count(*) FROM ${quoted(table)} t WHERE ${how.of}`, projectId),
    );
    sum += Number(rows[0]?.count ?? 0);
  }
  return sum;
}

async function* countedLines(lines: AsyncIterable<Buffer>, counted: { rows: number }, at: ArchiveProgress) {
  for await (const chunk of lines) {
    const rows = linesIn(chunk);
    counted.rows += rows;
    at.rows += rows;
    yield chunk;
  }
}

const ModelFiles = z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number() }));

async function filesOf(client: pg.ClientBase, { projectId, workspaceId }: HeldArchive & { projectId: string }) {
  const { rows: media } = await client.query<{ sha256: string; bytes: number }>(
    "SELECT sha256, bytes FROM media WHERE project_id = $1 ORDER BY id",
    [projectId],
  );
  const how = archiveTables.model_version;
  if (!how?.travels) throw new Error("models travel");
  const { rows: models } = await client.query<{ files: unknown }>(
    inPlace(`SELECT t.files FROM model_version t WHERE ${how.of} ORDER BY t.id`, projectId),
  );
  // Two models may share a file.
  const files = new Map(models.flatMap((row) => ModelFiles.parse(row.files)).map((file) => [file.path, file]));
  return { media: media.map((each) => ({ ...each, workspaceId, projectId })), files: [...files.values()] };
}

/** What lies under a key of the store; null where it is not there or is of another length, which the contents then tell. */
async function storedPart({ files, contents }: Source, key: string, { bytes }: { readonly bytes: number }) {
  const stored = await files.get(key);
  if (stored?.bytes === bytes) return seen(copied(stored.stream));
  stored?.stream.destroy();
  contents.missingFiles += 1;
  if (contents.missing.length < mostMissing) contents.missing.push(key);
  return null;
}

async function* copied(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of chunks) yield new Uint8Array(chunk);
}

/** Bytes that are counted and hashed as they pass. */
function seen(source: AsyncIterable<Uint8Array<ArrayBuffer>>) {
  const hash = createHash("sha256");
  let bytes = 0;
  let hex: string | null = null;
  return {
    async *bytes(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
      for await (const chunk of source) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
      hex = hash.digest("hex");
    },
    /** Once all of it has passed. */
    figures(): { bytes: number; sha256: string } {
      if (hex === null) throw new Error("a part of the archive was not written whole");
      return { bytes, sha256: hex };
    },
  };
}

async function* textOf(text: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield new TextEncoder().encode(text);
}
