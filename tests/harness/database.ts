import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import pg from "pg";
import { inject } from "vitest";
import { withDatabase } from "./database-url.ts";
import { templateName } from "./template-database.ts";

export interface TestDatabase {
  url: string;
  /** Drops the database, ending whatever sessions are left on it. */
  drop(): Promise<void>;
}

/** A migrated, empty database of one's own (a copy of the template, a fraction of a second). Call in beforeAll, drop in afterAll. */
export async function freshDatabase(): Promise<TestDatabase> {
  const maintenanceUrl = inject("databaseUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await execute(maintenanceUrl, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  return {
    url: withDatabase(maintenanceUrl, name),
    drop: () => execute(maintenanceUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** A database that nobody has migrated. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const maintenanceUrl = inject("databaseUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await execute(maintenanceUrl, `CREATE DATABASE ${name}`);
  return {
    url: withDatabase(maintenanceUrl, name),
    drop: () => execute(maintenanceUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** A Redis that no file uses now, emptied: those that run side by side have one each, which goes to the next after them. */
export async function freshRedis(): Promise<string> {
  const url = inject("redisUrls")[Number(process.env.VITEST_POOL_ID) - 1];
  if (!url) throw new Error(`There is no Redis for process ${process.env.VITEST_POOL_ID} of the tests.`);
  const redis = new Redis(url);
  try {
    await redis.flushall();
  } finally {
    redis.disconnect();
  }
  return url;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
