import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { RunDraft, type RunView } from "@touchstone/contracts";
import {
  askLabelSetFile,
  cancelRun,
  freezeLabelSet,
  getRun,
  insertTasks,
  LocalFileStore,
  launchRun,
  launchSimulation,
  type OpenDatabase,
  openDatabase,
} from "@touchstone/persistence";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "../harness/database.ts";
import { type LearningProject, learningProject } from "../harness/learning-project.ts";

let scratch: TestDatabase;
let database: OpenDatabase;
let redisUrl: string;
let filesDir: string;
let project: LearningProject;
let worker: BuiltProcess | undefined;

const startWorker = () =>
  spawnBuilt("worker/dist/main.js", {
    DATABASE_URL: scratch.url,
    REDIS_URL: redisUrl,
    TOUCHSTONE_FILES_DIR: filesDir,
    TOUCHSTONE_SECRET: "x".repeat(40),
  });

beforeAll(async () => {
  scratch = await freshDatabase();
  redisUrl = await freshRedis();
  filesDir = await mkdtemp(join(tmpdir(), "touchstone-worker-"));
  database = openDatabase(scratch.url);
  project = await learningProject(database.db, filesDir);
}, 120_000);
afterAll(async () => {
  await worker?.kill("SIGKILL");
  await database.close();
  await scratch.drop();
  await rm(filesDir, { recursive: true, force: true });
});

/** Many small steps with a checkpoint after each few, so that three kills fall on three places. */
const reward = () =>
  RunDraft.parse({
    kind: "reward",
    seed: 7,
    includeSimulated: true,
    policy: { modelVersionId: project.policyId },
    spec: { batchSize: 4, epochs: 3, checkpointEvery: 4, evaluateEvery: 20 },
  });

async function until(id: string, reached: (run: RunView) => boolean): Promise<RunView> {
  for (;;) {
    const run = await getRun(database.db, project.by.workspaceId, id);
    if (run.state === "failed") throw new Error(`${run.error?.message}\n${worker?.output() ?? ""}`);
    if (reached(run)) return run;
    await sleep(50);
  }
}
/** As if the time without a heartbeat had passed after which another worker takes the run. */
const countAsDead = (id: string) =>
  database.db.$executeRaw`UPDATE run SET heartbeat_at = now() - interval '1 minute' WHERE id = ${id}::uuid`;
const launch = async () => (await launchRun(database.db, project.by, project.projectId, reward())).id;
const weights = (runId: string) => database.db.modelVersion.findUniqueOrThrow({ where: { runId } });

describe("a worker", () => {
  it("killed three times with SIGKILL ends with the weights of an undisturbed run", async () => {
    worker = startWorker();
    const calm = await until(await launch(), (run) => run.state === "succeeded");
    const disturbedId = await launch();
    const kills: number[] = [];
    for (const share of [0.2, 0.45, 0.7]) {
      await until(disturbedId, (run) => run.state === "running" && run.step >= share * (calm.totalSteps ?? 0));
      kills.push((await getRun(database.db, project.by.workspaceId, disturbedId)).step);
      await worker.kill("SIGKILL");
      // The first time it is waited for that the run counts as dead.
      if (kills.length > 1) await countAsDead(disturbedId);
      worker = startWorker();
    }
    const disturbed = await until(disturbedId, (run) => run.state === "succeeded");
    expect(new Set(kills).size).toBe(3);
    expect(disturbed.engine?.fingerprint).toBe(calm.engine?.fingerprint);
    expect((await weights(disturbedId)).sha256).toBe((await weights(calm.id)).sha256);
    const { fencingToken } = await database.db.run.findUniqueOrThrow({ where: { id: disturbedId } });
    expect(fencingToken).toBe(4);
    const curve = await database.db.metric.count({ where: { runId: disturbedId, name: "loss" } });
    expect(curve).toBe(await database.db.metric.count({ where: { runId: calm.id, name: "loss" } }));
  });

  it("gets every queued run back after Redis was emptied", async () => {
    await worker?.kill("SIGTERM");
    const ids = await Promise.all([launch(), launch(), launch()]);
    const redis = new Redis(redisUrl);
    worker = startWorker();
    // Wait until the promises have left the outbox for Redis, then take Redis's memory away.
    while ((await database.db.outbox.count({ where: { topic: "run" } })) > 0) await sleep(20);
    await redis.flushall();
    redis.disconnect();
    for (const id of ids) await until(id, (run) => run.state === "succeeded");
    expect(await database.db.modelVersion.count({ where: { runId: { in: ids } } })).toBe(3);
  });

  it("lets simulated annotators judge as many as were asked for, and leaves no task in their hands", async () => {
    const { by, projectId } = project;
    const where = { workspaceId: by.workspaceId, projectId };
    const answers = await database.db.completion.findMany({ where: { prompt: { projectId } }, take: 30 });
    const tasks = answers.map(({ id, promptId }) => ({ promptId, completionIds: [id], overlap: 2, reason: "test" }));
    await database.db.$transaction((tx) => insertTasks(tx, where, "rating", tasks));
    const before = await database.db.judgement.count({ where: { projectId } });
    const run = await launchSimulation(database.db, by, projectId, { annotators: 3, judgements: 5, seed: 3 });
    await until(run.id, ({ state }) => state === "succeeded");
    const made = await database.db.judgement.findMany({ where: { projectId }, orderBy: { id: "desc" }, take: 5 });
    expect(await database.db.judgement.count({ where: { projectId } })).toBe(before + 5);
    expect(made.map(({ source }) => source)).toEqual(Array(5).fill("simulated"));
    expect(await database.db.lease.count({ where: { projectId, state: "held" } })).toBe(0);
  });

  it("killed in the middle of a simulation, it ends with exactly as many judgements as were asked for", async () => {
    const { by, projectId } = project;
    const where = { workspaceId: by.workspaceId, projectId };
    const answers = await database.db.completion.findMany({ where: { prompt: { projectId } }, take: 40 });
    const tasks = answers.map(({ id, promptId }) => ({ promptId, completionIds: [id], overlap: 10, reason: "test" }));
    await database.db.$transaction((tx) => insertTasks(tx, where, "rating", tasks));
    const before = await database.db.judgement.count({ where: { projectId } });
    const made = async () => (await database.db.judgement.count({ where: { projectId } })) - before;
    worker ??= startWorker();
    const { id } = await launchSimulation(database.db, by, projectId, { annotators: 10, judgements: 300, seed: 9 });
    // Between two points of the curve, which come every twenty.
    for (const count of [51, 108, 170]) {
      while ((await made()) < count) await sleep(2);
      await worker?.kill("SIGKILL");
      await countAsDead(id);
      worker = startWorker();
    }
    expect(await until(id, ({ state }) => state === "succeeded")).toMatchObject({ step: 300 });
    expect(await made()).toBe(300);
    expect(await database.db.lease.count({ where: { projectId, state: "held" } })).toBe(0);
    const { fencingToken } = await database.db.run.findUniqueOrThrow({ where: { id } });
    expect(fencingToken).toBe(4);
  });

  it("told to stop writes a checkpoint, gives the run back and leaves with 0", async () => {
    const id = await launch();
    await until(id, (run) => run.state === "running" && run.step >= 2);
    expect(await worker?.kill("SIGTERM")).toBe(0);
    const run = await getRun(database.db, project.by.workspaceId, id);
    expect(run.state).toBe("queued");
    expect(await database.db.checkpoint.count({ where: { runId: id } })).toBeGreaterThan(0);
    await cancelRun(database.db, project.by, id);
  });
});

it("a run that its workers do not survive fails with the reason after three of them, and the run behind it is done", async () => {
  const deadly = RunDraft.parse({ ...reward(), spec: { ...reward().spec, checkpointEvery: 10_000 } });
  const { id } = await launchRun(database.db, project.by, project.projectId, deadly);
  const behind = await launch();
  for (let death = 1; death <= 3; death++) {
    worker = startWorker();
    await until(id, (run) => run.state === "running" && run.step >= 1);
    await worker.kill("SIGKILL");
    // As if the time after which it counts as dead had passed.
    await database.db
      .$executeRaw`UPDATE run SET heartbeat_at = now() - interval '1 minute', step = 0 WHERE id = ${id}::uuid`;
  }
  worker = startWorker();
  await until(behind, (run) => run.state === "succeeded");
  const end = async () => {
    const { state, error } = await getRun(database.db, project.by.workspaceId, id);
    return { state, code: error?.code };
  };
  await expect.poll(end, { timeout: 60_000 }).toEqual({ state: "failed", code: "worker_lost" });
});

it("killed in the middle of a label set's file, nothing of it is to be seen, and it is written after the restart", async () => {
  const { by, projectId } = project;
  const { db } = database;
  const files = new LocalFileStore(filesDir);
  // Long texts that compress badly, so that the file grows for a while.
  await db.$executeRaw`
    UPDATE completion SET text = (SELECT string_agg(md5(n::text || id::text), '') FROM generate_series(1, 600) AS n)
    WHERE prompt_id IN (SELECT id FROM prompt WHERE project_id = ${projectId}::uuid)`;
  const all = { workspaceId: by.workspaceId, projectId, includeSimulated: true, includeEvaluations: true };
  const set = await freezeLabelSet(db, all);
  const name = "judgements.jsonl.gz";
  const row = () => db.labelSetFile.findUniqueOrThrow({ where: { labelSetId_name: { labelSetId: set.id, name } } });
  const stored = async () => {
    const found: string[] = [];
    for await (const { key } of files.list("label-sets")) found.push(key);
    return found;
  };
  const begun = () => everyFile(filesDir).find((path) => path.endsWith(".draft") && statSync(path).size > 0);
  worker ??= startWorker();
  await askLabelSetFile({ db, files }, by, set.id, { name, again: false });
  while (begun() === undefined) {
    // A machine that is quicker than this look has it written once more.
    if ((await row()).state === "ready") await askLabelSetFile({ db, files }, by, set.id, { name, again: true });
    await sleep(1);
  }
  await worker.kill("SIGKILL");
  expect(begun()).toBeDefined();
  expect(await row()).toMatchObject({ state: "writing", path: null, sha256: null });
  expect(await stored()).toEqual([]);
  await db.$executeRaw`UPDATE label_set_file SET heartbeat_at = now() - interval '1 minute' WHERE name = ${name}`;
  worker = startWorker();
  await expect.poll(async () => (await row()).state, { timeout: 60_000 }).toBe("ready");
  const { path, sha256, bytes, attempt } = await row();
  expect(attempt).toBeGreaterThan(1);
  expect(await stored()).toEqual([path]);
  const written = await readFile(join(filesDir, String(path)));
  expect(written.length).toBe(Number(bytes));
  expect(createHash("sha256").update(written).digest("hex")).toBe(sha256);
  expect(gunzipSync(written).toString().trimEnd().split("\n")).toHaveLength(
    await db.labelSetItem.count({ where: { labelSetId: set.id } }),
  );
  // What the killed one had begun is gone too.
  expect(begun()).toBeUndefined();
});

const everyFile = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));

it("a worker that is asked to stop while Redis is away stops", async () => {
  const alone = spawnBuilt("worker/dist/main.js", {
    DATABASE_URL: scratch.url,
    // Port 1 on loopback: nothing listens there.
    REDIS_URL: "redis://127.0.0.1:1",
    TOUCHSTONE_FILES_DIR: filesDir,
    TOUCHSTONE_SECRET: "x".repeat(40),
  });
  while (!alone.output().includes("worker ready")) await sleep(50);
  expect(await alone.kill("SIGTERM")).toBe(0);
}, 30_000);
