import { join } from "node:path";
import { counted } from "@touchstone/datasets";
import { type Filling, failAbsentUploads, fillDatabase, MigrationError } from "@touchstone/persistence";
import { StackError } from "@touchstone/stack";
import { callerPath } from "../rlhf/files/caller-path.ts";
import { writing } from "../rlhf/files/output-error.ts";
import { UsageError } from "../rlhf/usage-error.ts";
import { stopSignal } from "../signals.ts";
import { parseEnvironment, type StartEnvironment } from "../start/environment.ts";
import { openProgress } from "../start/progress.ts";
import { projectRoot } from "../start/project-root.ts";
import { About, aboutEntry, archiveForm, type Manifest } from "./archive-form.ts";
import { type ArchiveEntry, readArchive } from "./archive-reader.ts";
import { withOwnDatabase } from "./database-at-rest.ts";
import { readPassphrase } from "./passphrase.ts";
import { parseEntry, readContents } from "./read-contents.ts";
import { whileRestoring } from "./restoring-mark.ts";
import { tellingFaults } from "./telling-faults.ts";

/**
 * `restore FILE`: fills an empty data folder from a backup, and says so only when rows and files have been counted and
 * hashed again. Whatever fails leaves the folder as empty as it was.
 *
 * @throws UsageError for the file, StackError for the folder or the database
 */
export async function restore(file: string, options: { keyFile?: string }): Promise<void> {
  const stop = stopSignal();
  const { line } = openProgress(process.stdout);
  const environment = parseEnvironment(process.env, projectRoot());
  const passphrase = await readPassphrase(options.keyFile);
  const { dataDir, databaseUrl } = environment;
  let manifest: Manifest | undefined;
  let absent = 0;
  const read = () =>
    readArchive(callerPath(file), passphrase, stop, async (entries) => {
      const iterator = entries[Symbol.asyncIterator]();
      const about = await readAbout(iterator);
      const fill = async (url: string) => {
        const filled = await fillFrom(url, about, { [Symbol.asyncIterator]: () => iterator }, environment);
        absent = await failAbsentUploads(url);
        return filled;
      };
      manifest = await (databaseUrl === undefined ? withOwnDatabase(dataDir, line, fill, true) : fill(databaseUrl));
    });
  await tellingFaults(stop, () => whileRestoring(environment, line, () => writing(dataDir, read)));
  if (!manifest) return;
  tell(line, environment, manifest);
  if (absent > 0)
    line(
      `Not in a backup: ${counted(absent, "file")} that waited for an import. Their pages say so; bring them again.`,
    );
}

async function fillFrom(
  url: string,
  about: About,
  entries: AsyncIterable<ArchiveEntry>,
  environment: StartEnvironment,
): Promise<Manifest> {
  const migrationsDir = join(projectRoot(), "prisma", "migrations");
  const work = (filling: Filling) => readContents(about, entries, filling, environment);
  return fillDatabase({ url, migrationsDir, migrations: about.migrations }, work).catch((error: unknown) => {
    throw error instanceof MigrationError ? new StackError(`${error.message} ${madeBy(about)}`) : error;
  });
}

/** First in the archive, so that what can't be restored is refused before anything is written. */
async function readAbout(entries: AsyncIterator<ArchiveEntry>): Promise<About> {
  const first = await entries.next();
  if (first.done || first.value.name !== aboutEntry) throw new UsageError("The file is no backup of Touchstone.");
  const raw = await parseEntry(first.value);
  const about = About.safeParse(raw);
  if (about.success && about.data.form <= archiveForm) return about.data;
  throw new UsageError("The backup has a form that this version doesn't know: it was made by a newer Touchstone.");
}

const madeBy = ({ version, madeAt }: About) => `(The backup was made by version ${version} at ${madeAt}.)`;

function tell(line: (text: string) => void, { dataDir, databaseUrl, secret }: StartEnvironment, manifest: Manifest) {
  const tables = Object.values(manifest.tables);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const files = Object.keys(manifest.files).length;
  line(`${rows} rows of ${tables.length} tables and ${files} files are in ${dataDir}, counted and hashed again.`);
  for (const name of manifest.unsound) line(`The file ${name} was missing or changed when the backup was made.`);
  if (secret !== undefined)
    line("Cookies are signed and endpoints' keys sealed with TOUCHSTONE_SECRET: give it the value that it had.");
  if (databaseUrl === undefined) line(`Start it: TOUCHSTONE_DATA_DIR=${dataDir} npm start`);
}
