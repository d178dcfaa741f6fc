import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStack, type Stack } from "./open-stack.ts";
import { runningPostgresUrl } from "./postgres/running.ts";
import { processIdentity } from "./process-identity.ts";

const home = mkdtempSync(join(tmpdir(), "stack-"));
const dataDir = join(home, "data");
let open: Stack | undefined;

async function start(env: NodeJS.ProcessEnv = {}): Promise<Stack> {
  open = await openStack({ dataDir, log: () => undefined, env });
  return open;
}

async function stop(): Promise<void> {
  await open?.stop();
  open = undefined;
}

async function sql<Row extends pg.QueryResultRow>(stack: Stack, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  // A lost connection rejects the statement as well.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function redis<T>(stack: Stack, ask: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(stack.redisUrl, { retryStrategy: () => null });
  try {
    return await ask(client);
  } finally {
    client.disconnect();
  }
}

async function eventually<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt > 100) throw error;
      await sleep(100);
    }
  }
}

describe("openStack", () => {
  // As root, Postgres is another user, who must be able to pass through.
  beforeAll(() => chmodSync(home, 0o711));
  afterEach(stop);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it("brings up Postgres 18 and a Redis that loses and evicts nothing, behind private passwords", async () => {
    const stack = await start();
    expect(await sql(stack, "SELECT uuidv7() IS NOT NULL AS modern, current_setting('fsync') AS fsync")).toEqual([
      { modern: true, fsync: "on" },
    ]);
    const settings = await redis(stack, (client) =>
      client.config("GET", "appendonly", "appendfsync", "maxmemory-policy"),
    );
    expect(settings).toEqual(expect.arrayContaining(["yes", "everysec", "noeviction"]));
    for (const file of ["postgres-password", "redis-password"]) {
      expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
    }
    const stranger = new URL(stack.databaseUrl);
    stranger.password = "guess";
    await expect(sql({ ...stack, databaseUrl: stranger.href }, "SELECT 1")).rejects.toThrow(/authentication failed/);
  });

  it("tells another program where its Postgres is while it runs, and only then", async () => {
    const stack = await start();
    expect(runningPostgresUrl(dataDir)).toBe(stack.databaseUrl);
    await stop();
    expect(runningPostgresUrl(dataDir)).toBeUndefined();
  });

  it("keeps what was written over a restart", async () => {
    const first = await start();
    await sql(first, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('gold')");
    await redis(first, (client) => client.set("kept", "gold"));
    await stop();
    const second = await start();
    expect(await sql(second, "SELECT word FROM kept")).toEqual([{ word: "gold" }]);
    expect(await redis(second, (client) => client.get("kept"))).toBe("gold");
  });

  it("brings servers that were killed back on the same address with what they had acknowledged", async () => {
    const stack = await start();
    await sql(stack, "CREATE TABLE survived (word text); INSERT INTO survived VALUES ('gold')");
    const { postgres, redis: redisPid } = stack.pids();
    if (postgres === undefined || redisPid === undefined) throw new Error("Both servers should run.");
    process.kill(postgres, "SIGKILL");
    process.kill(redisPid, "SIGKILL");
    await sleep(100);
    expect(await eventually(() => sql(stack, "SELECT word FROM survived"))).toEqual([{ word: "gold" }]);
    expect(await eventually(() => redis(stack, (client) => client.ping()))).toBe("PONG");
    expect(stack.pids().postgres).not.toBe(postgres);
  });

  it("brings a killed Postgres back though a backend of it is in the middle of a long statement", async () => {
    const stack = await start();
    const long = sql(stack, "SELECT count(*) FROM generate_series(1, 100000000000) AS n WHERE n % 7 = 3");
    const ended = expect(long).rejects.toThrow();
    await eventually(async () =>
      expect(
        await sql(stack, "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%n % 7 = 3' AND state = 'active'"),
      ).not.toEqual([]),
    );
    process.kill(stack.pids().postgres ?? Number.NaN, "SIGKILL");
    await ended;
    expect(await eventually(() => sql(stack, "SELECT 1 AS one"))).toEqual([{ one: 1 }]);
  });

  it("brings Postgres back when it is told to end by itself, though connections are open that would keep it", async () => {
    const stack = await start();
    const { postgres } = stack.pids();
    if (postgres === undefined) throw new Error("Postgres should run.");
    const kept = new pg.Client({ connectionString: stack.databaseUrl });
    kept.on("error", () => undefined);
    await kept.connect();
    process.kill(postgres, "SIGTERM");
    const again = async () => {
      expect(stack.pids().postgres).not.toBe(postgres);
      return sql(stack, "SELECT 1 AS one");
    };
    expect(await eventually(again)).toEqual([{ one: 1 }]);
    await kept.end().catch(() => undefined);
  });

  it("refuses a second start on the same folder, naming the first, and lets it in once the first has stopped", async () => {
    await start();
    const second = () => openStack({ dataDir, log: () => undefined, env: {} });
    await expect(second()).rejects.toThrow(`Another Touchstone (process ${process.pid})`);
    await stop();
    await expect(start()).resolves.toBeDefined();
  });

  it("starts after a run was killed outright, ending the servers it left behind", async () => {
    const script = `
      import { openStack } from ${JSON.stringify(new URL("./open-stack.ts", import.meta.url).href)};
      const stack = await openStack({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined, env: {} });
      console.log(JSON.stringify(stack.pids()));`;
    const run = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(run.stdout, "data");
    const left: { postgres: number; redis: number } = JSON.parse(String(line));
    run.kill("SIGKILL");
    await once(run, "exit");
    expect(processIdentity(left.postgres)).toBeDefined();

    const stack = await start();
    expect(await sql(stack, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(processIdentity(left.postgres)).toBeUndefined();
    expect(processIdentity(left.redis)).toBeUndefined();
  });

  it("starts although the pid in a left-over postmaster.pid belongs to a stranger now", async () => {
    await start();
    await stop();
    writeFileSync(join(dataDir, "postgres", "postmaster.pid"), `${process.pid}\n${dataDir}/postgres\n`);
    await expect(start()).resolves.toBeDefined();
  });

  it("uses DATABASE_URL and REDIS_URL where they are set, each on its own", async () => {
    const both = await start({ DATABASE_URL: "postgresql://db/x", REDIS_URL: "redis://cache" });
    expect(both).toMatchObject({ databaseUrl: "postgresql://db/x", redisUrl: "redis://cache" });
    expect(both.pids()).toEqual({ postgres: undefined, redis: undefined });
    await stop();
    const one = await start({ DATABASE_URL: "postgresql://db/x" });
    expect(one.databaseUrl).toBe("postgresql://db/x");
    expect(await redis(one, (client) => client.ping())).toBe("PONG");
  });
});
