import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { type AppliedMigration, MigrationError, migrate } from "../migrate.ts";
import { type RowFigures, rowTally } from "./row-tally.ts";
import { rowsOf } from "./snapshot.ts";
import { copySettings, quoted, readTables, type TableShape } from "./tables.ts";

/** A database that is being filled with the rows of another. */
export interface Filling {
  /** The tables that there are to fill. */
  tables: TableShape[];
  /** Puts rows of COPY's text form into a table; may be called several times for one. */
  copyIn(table: TableShape, rows: AsyncIterable<Buffer>): Promise<void>;
  /** What the table holds now, read from the database. */
  figures(table: TableShape): Promise<RowFigures>;
  setSequences(sequences: Readonly<Record<string, string>>): Promise<void>;
}

/**
 * Fills an empty database: brings it to the form that `migrations` left, hands it to `work` in one transaction that
 * counts only when that is through, then brings it to the present form.
 *
 * @throws MigrationError where the database isn't empty, the migrations are not those of this version, or the role may
 * not load rows without the triggers that went off when they were written first.
 */
export async function fillDatabase<Result>(
  { url, migrationsDir, migrations }: { url: string; migrationsDir: string; migrations: readonly AppliedMigration[] },
  work: (filling: Filling) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: "touchstone restore" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await refuseFilled(client);
    await migrate(url, migrationsDir, migrations);
    await client.query("BEGIN");
    await client.query(copySettings);
    await withoutTriggers(client);
    const tables = await readTables(client);
    // A migration may have put rows of its own into a table.
    await client.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(", ")}`);
    const result = await work(fillingOf(client, tables));
    await client.query("COMMIT");
    await migrate(url, migrationsDir);
    // The first questions would be planned as for empty tables.
    await client.query("ANALYZE");
    return result;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function fillingOf(client: pg.Client, tables: TableShape[]): Filling {
  return {
    tables,
    async copyIn({ name, columns }, rows) {
      const target = `${quoted(name)} (${columns.map(quoted).join(", ")})`;
      await pipeline(rows, client.query(copyFrom(`COPY ${target} FROM STDIN`)));
    },
    async figures(table) {
      const tally = rowTally();
      for await (const chunk of rowsOf(client, table)) tally.add(chunk);
      return tally.figures();
    },
    async setSequences(sequences) {
      for (const [name, last] of Object.entries(sequences)) {
        await client.query("SELECT setval($1::regclass, $2::bigint)", [quoted(name), last]);
      }
    },
  };
}

/** The bare tables of a restore that was killed don't count. */
async function refuseFilled(client: pg.Client): Promise<void> {
  for (const { name } of await readTables(client)) {
    const { rows } = await client.query<{ filled: boolean }>(`SELECT EXISTS (SELECT FROM ${quoted(name)}) AS filled`);
    if (!rows[0]?.filled) continue;
    throw new MigrationError(
      `The database isn't empty: its table ${name} has rows. Make an empty one (CREATE DATABASE) and name it with DATABASE_URL.`,
    );
  }
}

/** They went off when the rows were first written, and foreign keys hold by the snapshot; the hashes are compared after. */
async function withoutTriggers(client: pg.Client): Promise<void> {
  try {
    await client.query("SET LOCAL session_replication_role = replica");
  } catch (error) {
    throw new MigrationError(
      "The database's role may not load rows without their triggers. Restore as a superuser of Postgres (GRANT SET ON PARAMETER session_replication_role does as well).",
      { cause: error },
    );
  }
}
