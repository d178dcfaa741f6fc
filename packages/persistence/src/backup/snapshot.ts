import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { AppliedMigration } from "../migrate.ts";
import { type FilesOfRows, readFilesOfRows } from "./stored-files.ts";
import {
  copyOutStatement,
  copySettings,
  readMigrationRecord,
  readSequences,
  readTables,
  type TableShape,
} from "./tables.ts";

/** A database as it was at one moment, whatever is written meanwhile. */
export interface Snapshot {
  migrations: AppliedMigration[];
  tables: TableShape[];
  files: FilesOfRows;
  /** Rows in COPY's text form, in the order of the key. One table at a time. */
  rows(table: TableShape): AsyncIterable<Buffer>;
  /** Of now, not of the snapshot: no number that a row of it has can be given again. */
  sequences(): Promise<Record<string, string>>;
}

/** Reads a database in one transaction that sees a single moment and keeps nobody from writing. */
export async function withSnapshot<Result>(url: string, work: (snapshot: Snapshot) => Promise<Result>) {
  const client = new pg.Client({ connectionString: url, application_name: "touchstone backup" });
  // A connection that is lost also fails the statement under way, which tells it.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query(copySettings);
    const snapshot: Snapshot = {
      migrations: await readMigrationRecord(client),
      tables: await readTables(client),
      files: await readFilesOfRows(client),
      sequences: () => readSequences(client),
      rows: (table) => rowsOf(client, table),
    };
    return await work(snapshot);
  } finally {
    // Ending the session ends the transaction; there is nothing to keep of it.
    await client.end().catch(() => undefined);
  }
}

/** A table's rows as COPY gives them, inside whatever transaction the client is in. */
export async function* rowsOf(client: pg.ClientBase, table: TableShape): AsyncIterable<Buffer> {
  yield* client.query(copyTo(await copyOutStatement(client, table)));
}
