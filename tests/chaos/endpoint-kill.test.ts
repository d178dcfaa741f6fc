import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EndpointDraft, RunDraft } from "@touchstone/contracts";
import { createEndpoint, getRunAsked, launchRun, type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "../harness/database.ts";
import { filesBelow } from "../harness/files-below.ts";
import { labellingProject } from "../harness/labelling-project.ts";
import { ModelAddress } from "../harness/model-address.ts";

const secret = "x".repeat(40);
const key = "sk-proj-9Tz4vB1QwLk7RsXe2HnPy5Jd8MgUc3Fa";
const atOnce = 3;

let scratch: TestDatabase;
let database: OpenDatabase;
let redisUrl: string;
let filesDir: string;
let worker: BuiltProcess | undefined;
const address = new ModelAddress();

const startWorker = () =>
  spawnBuilt("worker/dist/main.js", {
    DATABASE_URL: scratch.url,
    REDIS_URL: redisUrl,
    TOUCHSTONE_FILES_DIR: filesDir,
    TOUCHSTONE_SECRET: secret,
    TOUCHSTONE_OUTGOING_ALLOW: "127.0.0.1",
    LOG_LEVEL: "trace",
  });

beforeAll(async () => {
  [scratch, redisUrl, filesDir] = await Promise.all([
    freshDatabase(),
    freshRedis(),
    mkdtemp(join(tmpdir(), "touchstone-worker-")),
  ]);
  database = openDatabase(scratch.url);
});
afterAll(async () => {
  await worker?.kill("SIGKILL");
  address.close();
  await database?.close();
  await scratch?.drop();
  await rm(filesDir, { recursive: true, force: true });
});

it("a run whose worker is killed again and again asks nothing twice but what was under way, and tells its key to nobody", async () => {
  const { db } = database;
  const patiently = { timeout: 60_000 };
  const { workspaceId, projectId } = await labellingProject(db, { tasks: 10, overlap: 1, annotators: 0 });
  await db.prompt.updateMany({ where: { projectId }, data: { split: "train" } });
  const by = { workspaceId, id: null };
  const baseUrl = await address.open();
  address.takesMs = 60;
  // Some are refused at first, so that a worker also dies while it waits to ask again.
  address.behave = ({ body: { seed = 0 } }, before) =>
    before === 0 && seed % 4 === 0 ? { kind: "status", status: 503 } : { kind: "answers" };
  const draft = { name: "Near", baseUrl, model: "tiny", key, limits: { atOnce } };
  const endpoint = await createEndpoint(db, by, secret, EndpointDraft.parse(draft));
  const spec = { prompts: 10, samplesPerPrompt: 3 };
  const run = await launchRun(db, by, projectId, RunDraft.parse({ kind: "generate", endpointId: endpoint.id, spec }));
  const answeredBy = () => db.endpointCall.count({ where: { runId: run.id, state: "answered" } });
  let said = "";
  let before = 0;
  for (const until of [8, 18]) {
    const killed = startWorker();
    worker = killed;
    await expect.poll(() => address.asked.length, patiently).toBeGreaterThan(until);
    await killed.kill("SIGKILL");
    said += killed.output();
    // What was answered stays answered.
    const answered = await answeredBy();
    expect(answered).toBeGreaterThanOrEqual(before);
    before = answered;
    // As if its last sign of life were long ago.
    await db.run.update({ where: { id: run.id }, data: { heartbeatAt: new Date(0) } });
  }
  worker = startWorker();
  const now = () => db.run.findUniqueOrThrow({ where: { id: run.id } });
  await expect.poll(async () => (await now()).state, patiently).toBe("succeeded");
  await expect.poll(worker.output, patiently).toContain("run succeeded");
  await worker.kill("SIGKILL");
  said += worker.output();

  const asked = await getRunAsked(db, workspaceId, run.id);
  expect(asked).toMatchObject({ wanted: 30, answered: 30, failed: 0 });
  expect(asked.lost).toBeGreaterThan(0);
  expect(asked.lost).toBeLessThanOrEqual(2 * atOnce);
  const refused = asked.faults.find(({ reason }) => reason === "endpointBusy")?.count ?? 0;
  expect(refused).toBeGreaterThan(0);
  // A call may be written down and its worker die before it is made, and never the other way round.
  expect(address.asked.length).toBeLessThanOrEqual(asked.requests);
  expect(asked.requests).toBe(30 + refused + asked.lost);
  const answeredTwice = address.asked.length - refused - 30;
  expect(answeredTwice).toBeLessThanOrEqual(asked.lost);
  expect(await db.completion.count({ where: { runId: run.id } })).toBe(30);
  // What it says to have spent is never less than what the address counts.
  const { spentTokens } = await db.endpoint.findUniqueOrThrow({ where: { id: endpoint.id } });
  expect(spentTokens).toBeGreaterThanOrEqual(address.billed);
  expect(said + (await filesBelow(filesDir))).not.toContain(key.slice(8));
});
