import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { migrate, openDatabase } from "@touchstone/persistence";
import { freePort, openStack, runningPostgresUrl } from "@touchstone/stack";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { spawnBuilt } from "../harness/built-process.ts";
import { makeOldDataFolder } from "../harness/old-data-folder.ts";
import { expectOldWorkspaceWhole } from "../harness/old-workspace.ts";
import { temporaryFolder } from "../harness/touchstone.ts";

const home = temporaryFolder();
const dataDir = join(home, "data");
const migrations = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const withoutRedis = { REDIS_URL: "redis://127.0.0.1:0" };

/** Makes each change of a table take so long that a kill falls into a migration, as one of a large table does. */
async function slowChanges(): Promise<void> {
  const stack = await openStack({ dataDir, log: () => undefined, env: withoutRedis });
  try {
    await asked(
      stack.databaseUrl,
      `CREATE FUNCTION slowly() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.5); END $$;
       CREATE EVENT TRIGGER slow_changes ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION slowly();`,
    );
  } finally {
    await stack.stop();
  }
}

async function asked(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const inMigration = "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND wait_event = 'PgSleep'";
const applied = `SELECT count(*)::int AS count, count(*) FILTER (WHERE finished_at IS NULL)::int AS unfinished
  FROM "_prisma_migrations"`;

/** A first start of this version, killed in the middle of a migration: itself, or with its Postgres as by a power cut. */
async function killedInMigration(whole: "alone" | "with its Postgres"): Promise<void> {
  const port = String(await freePort());
  const start = spawnBuilt("cli/dist/main.js", { TOUCHSTONE_DATA_DIR: dataDir, TOUCHSTONE_PORT: port }, ["start"]);
  for (;;) {
    const url = runningPostgresUrl(dataDir);
    const found = url === undefined ? [] : await asked(url, inMigration).catch(() => []);
    if (found.length > 0) break;
    await sleep(20);
  }
  expect(await start.kill("SIGKILL")).toBe(null);
  if (whole === "alone") return;
  const ledger: { name: string; pid: number }[] = JSON.parse(readFileSync(join(dataDir, "processes.json"), "utf8"));
  process.kill(ledger.find(({ name }) => name === "Postgres")?.pid ?? Number.NaN, "SIGKILL");
}

it("killed in the middle of the migrations of its first start, an old data folder starts whole the next time", async () => {
  await makeOldDataFolder(dataDir);
  await slowChanges();
  await killedInMigration("alone");
  await killedInMigration("with its Postgres");
  const stack = await openStack({ dataDir, log: () => undefined, env: withoutRedis });
  try {
    // What was cut off has left no trace; what was through stays through.
    const [before] = await asked(stack.databaseUrl, applied);
    expect(before).toMatchObject({ unfinished: 0 });
    await asked(stack.databaseUrl, "DROP EVENT TRIGGER slow_changes; DROP FUNCTION slowly()");
    expect((await migrate(stack.databaseUrl, migrations)).length).toBeGreaterThan(0);
    const { db, close } = openDatabase(stack.databaseUrl);
    await expectOldWorkspaceWhole(db).finally(close);
  } finally {
    await stack.stop();
  }
});
