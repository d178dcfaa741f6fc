import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { migrate, openDatabase } from "@touchstone/persistence";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { withDatabase } from "./database-url.ts";
import { migrationsBefore } from "./migrations-before.ts";

const committed = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** A database that is filled first and migrated then. */
export interface EarlierDatabase {
  /** Rows of the earlier form, by the names of their columns. Objects go into JSON columns. */
  insert(table: string, ...rows: Readonly<Record<string, unknown>>[]): Promise<void>;
  /** Applies every migration that is left. @returns the database as the present version opens it. */
  bringUpToDate(): Promise<ReturnType<typeof openDatabase>>;
}

/**
 * A database as the version before a migration left it: for the test of that migration on rows that are there already.
 * It goes with the test that asked for it.
 */
export async function databaseBefore(migration: string): Promise<EarlierDatabase> {
  const earlier = migrationsBefore(migration);
  const maintenance = await connect(inject("databaseUrl"));
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await maintenance.query(`CREATE DATABASE ${name}`);
  const url = withDatabase(inject("databaseUrl"), name);
  await migrate(url, earlier);
  rmSync(earlier, { recursive: true });
  const client = await connect(url);
  const opened: ReturnType<typeof openDatabase>[] = [];
  onTestFinished(async () => {
    await client.end();
    for (const database of opened) await database.close();
    await maintenance.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await maintenance.end();
  });
  return {
    async insert(table, ...rows) {
      for (const row of rows) await insertRow(client, table, row);
    },
    async bringUpToDate() {
      await migrate(url, committed);
      const database = openDatabase(url);
      opened.push(database);
      return database;
    },
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function insertRow(client: pg.Client, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row).map((column) => `"${column}"`);
  const places = columns.map((_, index) => `$${index + 1}`);
  await client.query(`INSERT INTO "${table}" (${columns}) VALUES (${places})`, Object.values(row));
}
