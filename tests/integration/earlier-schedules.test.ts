import { openScheduleQueue, scheduleQueueName } from "@touchstone/jobs";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { spawnBuilt } from "../harness/built-process.ts";
import { newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let workspaceId: string;
beforeAll(async () => {
  api = await openApi();
  ({ admin, workspaceId } = await newTenant(api.server, "ada@example.org"));
});
afterAll(() => api.close());

/** What versions before took, and what is wrong with each by the words of a refusal. */
const unreadable = {
  "* * * * * *": { reason: "cronPattern", values: { pattern: "* * * * * *" } },
  "H H * * *": { reason: "cronPart", values: { kind: "minute", said: "H", pattern: "H H * * *" } },
};

interface Shown {
  trigger: { pattern?: string };
  enabled: boolean;
  nextAt: string | null;
  fault: object | null;
}

it("schedules of an earlier version whose times can't be read are paused, say why, and are neither dropped nor fired", async () => {
  const projectId = await newProject(admin, "Stories", 1);
  const store = (trigger: object) =>
    api.server.database.schedule.create({
      data: { workspaceId, projectId, preset: "preference", scope: "reward", trigger: { ...trigger } },
    });
  for (const pattern of Object.keys(unreadable)) await store({ kind: "cron", pattern });
  const good = await store({ kind: "cron", pattern: "0 3 * * *" });
  const counting = await store({ kind: "judgements", every: 100 });
  const shown = async () => {
    const { items } = (await admin.send("GET", `/api/projects/${projectId}/schedules`)).json<{ items: Shown[] }>();
    return Object.fromEntries(items.map((each) => [each.trigger.pattern ?? "", each]));
  };
  for (const [pattern, fault] of Object.entries(unreadable)) {
    expect((await shown())[pattern]).toMatchObject({ enabled: true, nextAt: null, fault });
  }

  // As the worker of then left it in Redis: it would fire each second.
  const redis = new Redis(api.redisUrl);
  const queue = openScheduleQueue(redis);
  const { id } = await api.server.database.schedule.findFirstOrThrow();
  await queue.reconcile([{ id, pattern: "* * * * * *" }]);
  const planned = () => redis.zrange(`bull:${scheduleQueueName}:repeat`, "0", "-1");
  expect((await planned()).sort()).toEqual([id, "thresholds"].sort());

  const worker = spawnBuilt("worker/dist/main.js", {
    DATABASE_URL: api.databaseUrl,
    REDIS_URL: api.redisUrl,
    TOUCHSTONE_FILES_DIR: "/nonexistent",
    TOUCHSTONE_SECRET: "x".repeat(40),
  });
  try {
    const wanted = [good.id, "thresholds"].sort().join();
    await vi.waitUntil(async () => (await planned()).sort().join() === wanted, { timeout: 30_000 });
  } finally {
    await worker.kill("SIGTERM");
    await queue.close();
    redis.disconnect();
  }
  for (const [pattern, fault] of Object.entries(unreadable)) {
    expect((await shown())[pattern]).toMatchObject({ enabled: false, nextAt: null, fault });
  }
  const kept = await api.server.database.schedule.findMany({ where: { enabled: true }, select: { id: true } });
  expect(kept.map(({ id }) => id).sort()).toEqual([good.id, counting.id].sort());
  const { items } = (await admin.send("GET", "/api/audit?limit=50")).json<{ items: { action: string }[] }>();
  const told = items.filter(({ action }) => action === "schedule.paused");
  expect(told).toHaveLength(2);
  for (const pattern of Object.keys(unreadable)) {
    expect(told).toContainEqual(expect.objectContaining({ actor: null, detail: { projectId, pattern } }));
  }
  expect(await api.server.database.run.count()).toBe(0);
});
