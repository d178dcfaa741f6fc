import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** The schema uses uuidv7(), which came with Postgres 18. */
const oldestPostgres = 18;
/** The advisory lock that `prisma migrate deploy` takes, so that the two never run at once. */
const prismaMigrateLock = 72707369;

/** The database and the migrations on disk do not fit together; the message says how to go on. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/** A migration as the database records it. */
export interface AppliedMigration {
  name: string;
  /** SHA-256 of the file, hexadecimal: what Prisma records and compares. */
  checksum: string;
}

interface Migration extends AppliedMigration {
  sql: string;
}

/**
 * Brings the database to the schema of `migrationsDir` (`prisma/migrations`): applies each `NAME/migration.sql` that is
 * missing, in order of name, each in its own transaction. The record is Prisma's own table, `_prisma_migrations`, so
 * `prisma migrate deploy` stays valid before and after. Safe to call from several processes at once.
 *
 * @param upTo only these, which have to be the same on disk: the form of a database that another version left.
 * @returns the names of the migrations applied by this call.
 * @throws MigrationError where Postgres is older than 18, an applied migration has changed or is missing on disk, or
 * a former migration is recorded as failed.
 */
export async function migrate(
  databaseUrl: string,
  migrationsDir: string,
  upTo?: readonly AppliedMigration[],
): Promise<string[]> {
  const onDisk = readMigrations(migrationsDir);
  if (upTo) refuseMismatch(onDisk, new Map(upTo.map(({ name, checksum }) => [name, { checksum, finished: true }])));
  const migrations = upTo ? onDisk.filter(({ name }) => upTo.some((wanted) => wanted.name === name)) : onDisk;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await refuseOldPostgres(client);
    await client.query("SELECT pg_advisory_lock($1)", [prismaMigrateLock]);
    await client.query(migrationsTable);
    const applied = await readApplied(client);
    refuseMismatch(migrations, applied);
    const missing = migrations.filter((migration) => !applied.has(migration.name));
    for (const migration of missing) await apply(client, migration);
    return missing.map((migration) => migration.name);
  } finally {
    // Ending the session frees the advisory lock.
    await client.end();
  }
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return names.map((name) => {
    const bytes = readFileSync(join(folder, name, "migration.sql"));
    return { name, sql: bytes.toString("utf8"), checksum: createHash("sha256").update(bytes).digest("hex") };
  });
}

async function refuseOldPostgres(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS version",
  );
  const version = rows[0]?.version ?? 0;
  if (version >= oldestPostgres) return;
  throw new MigrationError(
    `The database runs Postgres ${version}; Touchstone needs ${oldestPostgres} or newer. Point DATABASE_URL at one, or unset it to use the embedded server.`,
  );
}

/** Column for column as Prisma makes it. */
const migrationsTable = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

async function readApplied(client: pg.Client): Promise<Map<string, { checksum: string; finished: boolean }>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
     FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

function refuseMismatch(migrations: Migration[], applied: Map<string, { checksum: string; finished: boolean }>): void {
  const onDisk = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const [name, record] of applied) {
    if (!record.finished) {
      throw new MigrationError(
        `Migration ${name} failed halfway before. Mend the database, then run \`prisma migrate resolve\` for it.`,
      );
    }
    const migration = onDisk.get(name);
    if (migration === undefined) {
      throw new MigrationError(
        `The database has migration ${name}, which this version does not know: it was made by a newer Touchstone.`,
      );
    }
    if (migration.checksum !== record.checksum) {
      throw new MigrationError(
        `Migration ${name} was changed after the database had applied it. Restore the file and put the change into a new migration.`,
      );
    }
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new Error(`Migration ${migration.name} failed: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
