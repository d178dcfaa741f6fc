import type { Filling } from "@touchstone/persistence";
import { UsageError } from "../rlhf/usage-error.ts";
import type { StartEnvironment } from "../start/environment.ts";
import { type About, databaseFolder, filesFolder, Manifest, manifestEntry, secretEntry } from "./archive-form.ts";
import type { ArchiveEntry } from "./archive-reader.ts";
import { checkFiles, storeFile, storeSecret } from "./store-files.ts";

/** The manifest of many runs is a few megabytes; a larger one is none. */
const longestJson = 256 * 1024 * 1024;

/**
 * Puts what follows `about` in an archive where it belongs, then reads all of it again from there.
 *
 * @throws UsageError where what arrived isn't what the backup says it holds
 */
export async function readContents(
  about: About,
  entries: AsyncIterable<ArchiveEntry>,
  filling: Filling,
  { dataDir, filesDir, secret }: StartEnvironment,
): Promise<Manifest> {
  const tables = sameTables(about, filling);
  let manifest: Manifest | undefined;
  for await (const entry of entries) {
    if (entry.name === secretEntry) await storeSecret(dataDir, entry.content, secret === undefined);
    else if (entry.name.startsWith(filesFolder)) await storeFile(filesDir, entry.name, entry.content);
    else if (entry.name === manifestEntry) manifest = Manifest.parse(await parseEntry(entry));
    else await filling.copyIn(tableOf(entry.name, tables), entry.content);
  }
  if (manifest === undefined) throw new UsageError("The backup has no end: it is cut off. Take another copy of it.");
  for (const [name, table] of tables) {
    const [kept, arrived] = [manifest.tables[name], await filling.figures(table)];
    if (kept?.sha256 === arrived.sha256 && kept.rows === arrived.rows) continue;
    throw new UsageError(
      `The table ${name} has ${arrived.rows} rows that are not the ${kept?.rows ?? 0} of the backup: the file was changed. Take another copy of it.`,
    );
  }
  await checkFiles(filesDir, manifest.files);
  await filling.setSequences(manifest.sequences);
  return manifest;
}

/** By name; the migrations are the same, so other tables or columns are a database that somebody changed by hand. */
function sameTables(about: About, filling: Filling): Map<string, Filling["tables"][number]> {
  const there = new Map(filling.tables.map((table) => [table.name, table]));
  for (const { name, columns } of about.tables) {
    const missing = columns.filter((column) => !there.get(name)?.columns.includes(column));
    if (missing.length === 0) continue;
    throw new UsageError(
      `The backup has ${name} (${missing.join(", ")}), which the migrations don't make: it was added to that database by hand. Take it out there and make the backup again.`,
    );
  }
  return new Map(about.tables.map((table) => [table.name, table]));
}

function tableOf(entry: string, tables: Map<string, Filling["tables"][number]>): Filling["tables"][number] {
  const [name = ""] = entry.slice(databaseFolder.length).split("/");
  const table = entry.startsWith(databaseFolder) ? tables.get(name) : undefined;
  if (table) return table;
  throw new UsageError(
    `The backup has ${entry}, which this version doesn't know. Restore it with the one that made it.`,
  );
}

/** An entry that is JSON. */
export async function parseEntry({ name, content }: ArchiveEntry): Promise<unknown> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of content) {
    length += piece.length;
    if (length > longestJson) throw new UsageError(`${name} of the backup is too long to be one.`);
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString("utf8"));
  } catch {
    throw new UsageError(`${name} of the backup is no JSON: the file was changed. Take another copy of it.`);
  }
}
