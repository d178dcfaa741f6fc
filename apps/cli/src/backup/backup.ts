import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { type Snapshot, withSnapshot } from "@touchstone/persistence";
import { StackError } from "@touchstone/stack";
import { callerPath } from "../rlhf/files/caller-path.ts";
import { stopSignal } from "../signals.ts";
import { parseEnvironment, type StartEnvironment } from "../start/environment.ts";
import { openProgress } from "../start/progress.ts";
import { projectRoot } from "../start/project-root.ts";
import { type About, aboutEntry, archiveForm, type Manifest, manifestEntry, secretEntry } from "./archive-form.ts";
import { type ArchiveWriter, writeArchive } from "./archive-writer.ts";
import { withDatabaseAtRest } from "./database-at-rest.ts";
import { writeWhole } from "./draft-file.ts";
import { readPassphrase } from "./passphrase.ts";
import { productVersion } from "./product-version.ts";
import { tellingFaults } from "./telling-faults.ts";
import { writeDatabase } from "./write-database.ts";
import { writeFiles } from "./write-files.ts";

/**
 * `backup FILE`: everything of this installation that must outlast the machine, of one moment, in one file.
 *
 * @throws UsageError where the file can't be written, StackError where there is no installation
 */
export async function backup(file: string, options: { keyFile?: string }): Promise<void> {
  const stop = stopSignal();
  const { line } = openProgress(process.stdout);
  const environment = parseEnvironment(process.env, projectRoot());
  const passphrase = await readPassphrase(options.keyFile);
  const path = callerPath(file);
  let manifest: Manifest | undefined;
  const write = (draft: Writable) =>
    withDatabaseAtRest(environment, line, (url) =>
      withSnapshot(url, (snapshot) =>
        writeArchive(draft, passphrase, stop, async (archive) => {
          manifest = await writeAll(snapshot, environment, archive);
        }),
      ),
    );
  await tellingFaults(stop, () => writeWhole(path, write));
  if (manifest) tell(line, path, manifest, passphrase !== undefined, environment);
}

async function writeAll(snapshot: Snapshot, environment: StartEnvironment, archive: ArchiveWriter): Promise<Manifest> {
  const { migrations, tables } = snapshot;
  if (migrations.length === 0) throw new StackError("This database has never been set up: there is nothing to keep.");
  const secret = readSecret(environment);
  const about: About = {
    form: archiveForm,
    product: "touchstone",
    version: productVersion(),
    madeAt: new Date().toISOString(),
    migrations,
    tables,
    secret: secret !== undefined,
  };
  await archive.add(aboutEntry, json(about));
  if (secret !== undefined) await archive.add(secretEntry, secret);
  // Before the rows, which may take long: a trainer goes on replacing its checkpoints.
  const stored = await writeFiles(environment.filesDir, snapshot.files, archive);
  const figures = await writeDatabase(snapshot, archive);
  const manifest: Manifest = { tables: figures, sequences: await snapshot.sequences(), ...stored };
  await archive.add(manifestEntry, json(manifest));
  return manifest;
}

/** One that the environment brings stays there. */
function readSecret({ secret, dataDir }: StartEnvironment): Buffer | undefined {
  const file = join(dataDir, "secret");
  return secret === undefined && existsSync(file) ? readFileSync(file) : undefined;
}

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

function tell(
  line: (text: string) => void,
  path: string,
  { tables, files, unsound }: Manifest,
  encrypted: boolean,
  { secret }: StartEnvironment,
): void {
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
  const kept = `${rows} rows of ${Object.keys(tables).length} tables and ${Object.keys(files).length} files`;
  line(`${path} holds ${kept}, ${encrypted ? "encrypted" : "not encrypted: whoever reads it reads everything"}.`);
  if (secret !== undefined) {
    line(
      "TOUCHSTONE_SECRET isn't in it: keep it apart, or everybody signs in anew and endpoints need their keys again.",
    );
  }
  for (const name of unsound) line(`The file ${name} is missing in the file store or isn't what it was.`);
}
