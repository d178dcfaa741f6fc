import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWebhook, type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "../harness/database.ts";
import { labellingProject } from "../harness/labelling-project.ts";
import { happens, hurry, isSigned, WebhookReceiver } from "../harness/webhook-place.ts";

let scratch: TestDatabase;
let database: OpenDatabase;
let redisUrl: string;
let filesDir: string;
let worker: BuiltProcess | undefined;
const receiver = new WebhookReceiver();

const startWorker = () =>
  spawnBuilt("worker/dist/main.js", {
    DATABASE_URL: scratch.url,
    REDIS_URL: redisUrl,
    TOUCHSTONE_FILES_DIR: filesDir,
    TOUCHSTONE_SECRET: "x".repeat(40),
    TOUCHSTONE_OUTGOING_ALLOW: "127.0.0.1",
  });

beforeAll(async () => {
  scratch = await freshDatabase();
  redisUrl = await freshRedis();
  filesDir = await mkdtemp(join(tmpdir(), "touchstone-worker-"));
  database = openDatabase(scratch.url);
});
afterAll(async () => {
  await worker?.kill("SIGKILL");
  receiver.close();
  await database?.close();
  await scratch?.drop();
  await rm(filesDir, { recursive: true, force: true });
});

/** Statements of other processes that wait for a lock in this database. */
async function waitingForLocks(): Promise<number> {
  const [row] = await database.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.count ?? 0;
}

it("an event whose worker was killed between the answer and its record is sent again with the same id, also where Redis was emptied", async () => {
  const { db } = database;
  const patiently = { timeout: 60_000 };
  const url = await receiver.open();
  const project = await labellingProject(db, { tasks: 0, overlap: 1, annotators: 0 });
  const by = { workspaceId: project.workspaceId, id: null };
  const { webhook, secret } = await createWebhook(db, by, project.projectId, { url, events: ["run.ended"] });
  await happens(db, project.projectId);
  const delivery = () => db.webhookDelivery.findFirstOrThrow({ where: { webhookId: webhook.id } });

  await db.$transaction(
    async (tx) => {
      // Whoever records how it went needs this row, and gets no further.
      await tx.$queryRaw`SELECT FROM webhook WHERE id = ${webhook.id}::uuid FOR UPDATE`;
      worker = startWorker();
      await expect.poll(waitingForLocks, patiently).toBe(1);
      await worker.kill("SIGKILL");
    },
    { timeout: 120_000 },
  );
  expect(receiver.received).toHaveLength(1);
  expect(await delivery()).toMatchObject({ state: "waiting", attempts: 1, status: null, claim: expect.any(String) });

  const redis = new Redis(redisUrl);
  await redis.flushall();
  redis.disconnect();
  // As if the minute of its claim had passed.
  await hurry(db);
  worker = startWorker();
  await expect.poll(async () => (await delivery()).state, patiently).toBe("delivered");
  expect(await delivery()).toMatchObject({ attempts: 2, status: 200, claim: null });
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(ids).toEqual(Array(2).fill((await delivery()).eventId));
  expect(receiver.received.map((one) => isSigned(one, secret))).toEqual([true, true]);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
});
