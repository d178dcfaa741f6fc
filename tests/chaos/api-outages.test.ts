import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { migrate, type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { freePort, openStack, type Stack } from "@touchstone/stack";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Descendants } from "../../scripts/setup/descendants.mjs";
import { type ApiProcess, spawnApi } from "../harness/api-process.ts";
import { insertTasks } from "../harness/labelling-project.ts";
import { RemoteVisitor } from "../harness/remote-visitor.ts";
import { temporaryFolder } from "../harness/touchstone.ts";
import { createLogin } from "../harness/visitor.ts";

const folder = temporaryFolder();
let stack: Stack;
let opened: OpenDatabase;
let api: ApiProcess;
let projectId: string;

/** Servers of its own, since it kills them: empty DATABASE_URL and REDIS_URL leave them to the stack. */
beforeAll(async () => {
  stack = await openStack({ dataDir: join(folder, "data"), log: () => undefined, env: {} });
  await migrate(stack.databaseUrl, fileURLToPath(new URL("../../prisma/migrations", import.meta.url)));
  opened = openDatabase(stack.databaseUrl);
  await createLogin(opened.db, "ada@example.org");
});
afterEach(() => api?.kill("SIGKILL"));
afterAll(async () => {
  await opened?.close();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(redisUrl = stack.redisUrl): Promise<RemoteVisitor> {
  api = await spawnApi({ databaseUrl: stack.databaseUrl, redisUrl });
  const admin = await RemoteVisitor.signIn(api.url, "ada@example.org");
  const draft = { name: "Stories", overlap: 1 };
  projectId = (await admin.json<{ id: string }>("POST", "/api/projects", draft)).id;
  await insertTasks(opened.db, projectId, { tasks: 2_000, overlap: 1, question: "rating", batch: 100 });
  return admin;
}

/** When Postgres answers a fresh connection again. */
async function postgresAnswers(): Promise<number> {
  for (;;) {
    const client = new pg.Client({ connectionString: stack.databaseUrl });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.query("SELECT 1");
      return performance.now();
    } catch {
      await sleep(20);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

describe("the API", () => {
  it("outlives a killed Postgres: 503 with Retry-After meanwhile, and back within 5 s of its return", async () => {
    const admin = await start();
    process.kill(stack.pids().postgres ?? Number.NaN, "SIGKILL");
    const returned = postgresAnswers();
    const refused: { status: number; retryAfter: string | null }[] = [];
    for (;;) {
      const { status, headers } = await admin.send("GET", `/api/projects/${projectId}`);
      if (status === 200 && refused.length > 0) break;
      if (status !== 200) refused.push({ status, retryAfter: headers.get("retry-after") });
      await sleep(50);
    }
    expect(performance.now() - (await returned)).toBeLessThan(5_000);
    for (const answer of refused) expect(answer).toEqual({ status: 503, retryAfter: "2" });
    expect(await admin.judgeOne(projectId)).toBe(201);
  });

  it("answers 503 while Postgres hangs, rather than waiting for as long as that lasts", async () => {
    const admin = await start();
    const postmaster = stack.pids().postgres ?? Number.NaN;
    const family = [postmaster, ...new Descendants(postmaster).look()];
    for (const pid of family) process.kill(pid, "SIGSTOP");
    try {
      const asked = Array.from({ length: 30 }, () => admin.send("GET", `/api/projects/${projectId}`));
      const statuses = (await Promise.all(asked)).map(({ status }) => status);
      expect(statuses).toEqual(Array(30).fill(503));
      expect((await admin.send("GET", `/api/projects/${projectId}`)).status).toBe(503);
    } finally {
      for (const pid of family) process.kill(pid, "SIGCONT");
    }
    await expect.poll(() => admin.judgeOne(projectId).catch(() => 503), { timeout: 30_000 }).toBe(201);
  });

  it("accepts judgements without Redis, and says that it is degraded, not down", async () => {
    const admin = await start(`redis://127.0.0.1:${await freePort()}`);
    const ready = await admin.json<{ status: string; redis: boolean }>("GET", "/api/health/ready");
    expect(ready).toEqual({ status: "degraded", postgres: true, redis: false });
    const begin = performance.now();
    expect(await admin.judgeOne(projectId)).toBe(201);
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect((await admin.send("POST", "/api/socket-tickets")).status).toBe(503);
  });

  it("accepts judgements while Redis hangs, and keeps their news until it is back", async () => {
    const admin = await start();
    const redis = stack.pids().redis ?? Number.NaN;
    process.kill(redis, "SIGSTOP");
    try {
      const begin = performance.now();
      expect(await admin.judgeOne(projectId)).toBe(201);
      expect(performance.now() - begin).toBeLessThan(2_000);
      expect(await opened.db.outbox.count({ where: { topic: "judged", key: projectId } })).toBeGreaterThan(0);
    } finally {
      process.kill(redis, "SIGCONT");
    }
    await expect
      .poll(() => opened.db.outbox.count({ where: { topic: "judged", key: projectId } }), { timeout: 30_000 })
      .toBe(0);
  });

  it("stops under load without a 5xx and with exit code 0", async () => {
    const admin = await start();
    const statuses: number[] = [];
    let stopped = false;
    const clients = Array.from({ length: 16 }, async () => {
      while (!stopped) {
        // A refused connection is how a stopped server says so; a supervisor sends the next request elsewhere.
        const status = await admin.judgeOne(projectId).catch((error: unknown) => {
          if (error instanceof TypeError) return undefined;
          throw error;
        });
        if (status === undefined) return;
        statuses.push(status);
      }
    });
    await expect.poll(() => statuses.length, { timeout: 30_000 }).toBeGreaterThan(50);
    const begin = performance.now();
    expect(await api.kill("SIGTERM")).toBe(0);
    expect(performance.now() - begin).toBeLessThan(25_000);
    stopped = true;
    await Promise.all(clients);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
  });
});
