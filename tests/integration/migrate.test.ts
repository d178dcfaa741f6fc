import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrate } from "@touchstone/persistence";
import pg from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { withDatabase } from "../harness/database-url.ts";

const empty = "migrate_test";
const folder = mkdtempSync(join(tmpdir(), "migrations-"));
const url = () => withDatabase(inject("databaseUrl"), empty);

async function query(sql: string, databaseUrl = url()): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function writeMigration(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

describe("migrate", () => {
  beforeEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    writeMigration("0001_first", "CREATE TABLE first (id int); INSERT INTO first VALUES (1);");
    writeMigration("0002_second", "ALTER TABLE first ADD COLUMN name text NOT NULL DEFAULT 'x';");
    await query(`CREATE DATABASE ${empty}`, inject("databaseUrl"));
  });
  afterEach(() => query(`DROP DATABASE ${empty} WITH (FORCE)`, inject("databaseUrl")));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("applies each migration once, in order of name, and records it as Prisma does", async () => {
    expect(await migrate(url(), folder)).toEqual(["0001_first", "0002_second"]);
    expect(await migrate(url(), folder)).toEqual([]);
    expect(await query("SELECT * FROM first")).toEqual([{ id: 1, name: "x" }]);
    const records = await query(
      `SELECT migration_name, checksum, applied_steps_count, finished_at IS NOT NULL AS finished, rolled_back_at
       FROM "_prisma_migrations" ORDER BY migration_name`,
    );
    const sql = "CREATE TABLE first (id int); INSERT INTO first VALUES (1);";
    expect(records).toHaveLength(2);
    expect(records[0]).toEqual({
      migration_name: "0001_first",
      checksum: createHash("sha256").update(sql).digest("hex"),
      applied_steps_count: 1,
      finished: true,
      rolled_back_at: null,
    });
  });

  it("applies every migration once when several processes start together", async () => {
    const rounds = await Promise.all(Array.from({ length: 8 }, () => migrate(url(), folder)));
    expect(rounds.flat().sort()).toEqual(["0001_first", "0002_second"]);
  });

  it("leaves nothing of a migration that fails, and goes on once it is mended", async () => {
    writeMigration("0003_broken", "CREATE TABLE third (id int); SELECT nonsense;");
    await expect(migrate(url(), folder)).rejects.toThrow(/0003_broken failed: column "nonsense"/);
    expect(await query("SELECT to_regclass('third') AS found")).toEqual([{ found: null }]);
    writeMigration("0003_broken", "CREATE TABLE third (id int);");
    expect(await migrate(url(), folder)).toEqual(["0003_broken"]);
  });

  it("refuses a migration that was changed after it had been applied", async () => {
    await migrate(url(), folder);
    writeMigration("0001_first", "CREATE TABLE first (id bigint);");
    await expect(migrate(url(), folder)).rejects.toThrow(/0001_first was changed/);
  });

  it("refuses a database that a newer version has migrated", async () => {
    await migrate(url(), folder);
    rmSync(join(folder, "0002_second"), { recursive: true });
    await expect(migrate(url(), folder)).rejects.toThrow(/newer Touchstone/);
  });

  it("finds nothing left to do on a copy of the template", async () => {
    const database: TestDatabase = await freshDatabase();
    try {
      const committed = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
      expect(await migrate(database.url, committed)).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});
