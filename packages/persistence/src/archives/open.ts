import { createHash } from "node:crypto";
import { archiveForm, DomainError, refused } from "@touchstone/contracts";
import {
  decompress,
  type FileBytes,
  fileBytesOf,
  type SizeLimits,
  type ZipEntry,
  zipBytes,
  zipEntries,
} from "@touchstone/datasets";
import { AnyManifest, fileEntry, Manifest, manifestEntry, mediaEntry, mostFiles, tableEntry } from "./form.ts";
import { type ArchiveProgress, enterPhase } from "./held.ts";
import { travelling } from "./tables.ts";

/** Beside files and tables there is the list alone. */
const limits = { entries: mostFiles + 500, directoryBytes: 64 * 2 ** 20 };
/** A list of as many files as there may be. */
const longestManifest = 64 * 2 ** 20;
/** Rows compress by 3 to 30; a bomb has a thousand. What an archive holds is held against no other number than its own list. */
const sizes: SizeLimits = { maximumBytes: 2 ** 40, maximumRatio: 200, ratioFrom: 32 * 2 ** 20 };

/** An archive of a project, whose list was read and whose parts were all hashed. */
export interface OpenedArchive {
  readonly manifest: Manifest;
  /** Lines of JSON; none where the archive is older than the table. */
  rows(table: string): AsyncIterable<Uint8Array>;
  /** A part as it lies there. */
  part(name: string): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

interface Opening {
  /** Told how many parts are looked through. */
  readonly at: ArchiveProgress;
  readonly signal: AbortSignal;
}

/**
 * Reads an archive through before anything is made of it: its list, that each part is on it and is there, and that each has
 * the length and the hash of the list. Its bytes are kept in a file of their own meanwhile, so that none changes later.
 *
 * @param columns of each table of this database, to tell whether all that the archive has has a place here
 * @throws DomainError with what is wrong with it, and the cure
 */
export async function openArchive(
  source: AsyncIterable<Uint8Array>,
  columns: ReadonlyMap<string, readonly string[]>,
  { at, signal }: Opening,
): Promise<OpenedArchive> {
  const bytes = await fileBytesOf(untilAborted(source, signal));
  try {
    const entries = await entriesOf(bytes);
    const manifest = await readManifest(entries.get(manifestEntry));
    assertKnown(manifest, columns);
    const parts = partsOn(manifest);
    for (const name of entries.keys()) {
      if (name !== manifestEntry && !parts.has(name)) throw refused("archiveUnknownPart", { name: shown(name) });
    }
    enterPhase(at, "checking", parts.size);
    for (const [name, part] of parts) {
      await assertWhole(name, entries.get(name), part, signal);
      at.step += 1;
    }
    return {
      manifest,
      rows: (table) => linesOf(entries.get(tableEntry(table))),
      part: (name) => contentOf(name, entries.get(name)),
      close: bytes.close,
    };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

const shown = (name: string) => name.slice(0, 200);

/** Bytes as they come, until nobody wants them any more. */
export async function* untilAborted(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    signal.throwIfAborted();
    yield chunk;
  }
}

async function entriesOf(bytes: FileBytes): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  for (const entry of await zipEntries(bytes, limits).catch(asDamage)) {
    if (entries.has(entry.name)) throw refused("archiveUnknownPart", { name: shown(entry.name) });
    entries.set(entry.name, entry);
  }
  return entries;
}

/** What the reader of zips says is of files of rows; here it is of an archive. */
function asDamage(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  const [issue] = error.issues ?? [];
  if (issue?.reason === "zipPath") throw refused("archiveUnknownPart", { name: shown(String(issue.values?.name)) });
  throw refused("archiveDamaged");
}

async function readManifest(entry: ZipEntry | undefined): Promise<Manifest> {
  const foreign = () => refused("archiveForeign", { name: manifestEntry });
  if (entry === undefined || entry.size > longestManifest) throw foreign();
  const pieces: Uint8Array[] = [];
  for await (const piece of contentOf(manifestEntry, entry)) pieces.push(piece);
  const raw = parsed(Buffer.concat(pieces).toString("utf8"));
  const any = AnyManifest.safeParse(raw);
  if (!any.success) throw foreign();
  const { form, version } = any.data;
  if (form > archiveForm) throw refused("archiveNewer", { version: shown(version), name: `form ${form}` });
  const manifest = Manifest.safeParse(raw);
  if (!manifest.success) {
    throw refused("archiveForeign", {
      name: shown(`${manifestEntry} (${manifest.error.issues[0]?.path.join(".") ?? ""})`),
    });
  }
  return manifest.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A table or column that has no place here would be lost, so the archive is refused. */
function assertKnown({ tables, version }: Manifest, columns: ReadonlyMap<string, readonly string[]>): void {
  const known = new Set(travelling.map(([table]) => table));
  for (const [table, part] of Object.entries(tables)) {
    const there = known.has(table) ? (columns.get(table) ?? []) : [];
    const unknown = part.columns.find((column) => !there.includes(column));
    if (unknown === undefined && there.length > 0) continue;
    const name = there.length === 0 ? table : `${table}.${unknown}`;
    throw refused("archiveNewer", { version: shown(version), name: shown(name) });
  }
}

interface Figures {
  readonly bytes: number;
  readonly sha256: string;
}

function partsOn({ tables, media, files }: Manifest): Map<string, Figures> {
  return new Map<string, Figures>([
    ...Object.entries(tables).map(([table, part]) => [tableEntry(table), part] as const),
    ...media.map((part) => [mediaEntry(part.sha256), part] as const),
    ...files.map(({ path, ...part }) => [fileEntry(path), part] as const),
  ]);
}

async function assertWhole(name: string, entry: ZipEntry | undefined, part: Figures, signal: AbortSignal) {
  if (entry === undefined) throw refused("archivePartMissing", { name: shown(name) });
  if (entry.size !== part.bytes) throw refused("archivePartChanged", { name: shown(name) });
  const hash = createHash("sha256");
  for await (const chunk of contentOf(name, entry)) {
    signal.throwIfAborted();
    hash.update(chunk);
  }
  if (hash.digest("hex") !== part.sha256) throw refused("archivePartChanged", { name: shown(name) });
}

async function* contentOf(name: string, entry: ZipEntry | undefined): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw refused("archivePartMissing", { name: shown(name) });
  try {
    yield* zipBytes(entry, sizes);
  } catch (error) {
    throw error instanceof DomainError ? refused("archivePartChanged", { name: shown(name) }) : error;
  }
}

async function* linesOf(entry: ZipEntry | undefined): AsyncGenerator<Uint8Array> {
  if (entry === undefined) return;
  try {
    yield* decompress(contentOf(entry.name, entry), sizes);
  } catch (error) {
    throw error instanceof DomainError ? refused("archivePartChanged", { name: shown(entry.name) }) : error;
  }
}
