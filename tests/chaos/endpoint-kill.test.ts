import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EndpointDraft, RunDraft } from "@touchstone/contracts";
import { createEndpoint, getRunAsked, launchRun, type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "../harness/database.ts";
import { labellingProject } from "../harness/labelling-project.ts";
import { ModelAddress } from "../harness/model-address.ts";

const secret = "x".repeat(40);
const key = "sk-proj-9Tz4vB1QwLk7RsXe2HnPy5Jd8MgUc3Fa";
const atOnce = 3;
const kills = 1;

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
  scratch = await freshDatabase();
  redisUrl = await freshRedis();
  filesDir = await mkdtemp(join(tmpdir(), "touchstone-worker-"));
  database = openDatabase(scratch.url);
});
afterAll(async () => {
  await worker?.kill("SIGKILL");
  address.close();
  await database?.close();
  await scratch?.drop();
  await rm(filesDir, { recursive: true, force: true });
});

async function filesBelow(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name), "latin1"));
  return (await Promise.all(files)).join("");
}

it("a run whose worker is killed asks nothing twice but what was under way, and tells its key to nobody", async () => {
  const { db } = database;
  const patiently = { timeout: 60_000 };
  const { workspaceId, projectId } = await labellingProject(db, { tasks: 15, overlap: 1, annotators: 0 });
  await db.prompt.updateMany({ where: { projectId }, data: { split: "train" } });
  const by = { workspaceId, id: null };
  const baseUrl = await address.open();
  address.takesMs = 60;
  const draft = { name: "Near", baseUrl, model: "tiny", key, limits: { atOnce } };
  const endpoint = await createEndpoint(db, by, secret, EndpointDraft.parse(draft));
  const spec = { prompts: 15, samplesPerPrompt: 2 };
  const run = await launchRun(db, by, projectId, RunDraft.parse({ kind: "generate", endpointId: endpoint.id, spec }));
  const said: string[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    worker = startWorker();
    await expect.poll(() => address.asked.length, patiently).toBeGreaterThan(15 * kill);
    await worker.kill("SIGKILL");
    said.push(worker.output());
    // As if its last sign of life were long ago.
    await db.run.update({ where: { id: run.id }, data: { heartbeatAt: new Date(0) } });
  }
  worker = startWorker();
  const now = () => db.run.findUniqueOrThrow({ where: { id: run.id } });
  await expect.poll(async () => (await now()).state, patiently).toBe("succeeded");
  await worker.kill();
  said.push(worker.output());

  const asked = await getRunAsked(db, workspaceId, run.id);
  expect(asked).toMatchObject({ wanted: 30, answered: 30, failed: 0 });
  expect(asked.lost).toBeGreaterThan(0);
  expect(asked.lost).toBeLessThanOrEqual(kills * atOnce);
  // A call may be written down and its worker die before it is made, and never the other way round.
  expect(address.asked.length).toBeLessThanOrEqual(asked.requests);
  expect(asked.requests).toBe(30 + asked.lost);
  expect([...address.times().values()].filter((times) => times > 1).length).toBeLessThanOrEqual(asked.lost);
  expect(await db.completion.count({ where: { runId: run.id } })).toBe(30);
  // What it says to have spent is never less than what the address counts.
  const { spentTokens } = await db.endpoint.findUniqueOrThrow({ where: { id: endpoint.id } });
  expect(spentTokens).toBeGreaterThanOrEqual(address.billed);
  expect(said.join("")).toContain("run taken");
  expect(said.join("") + (await filesBelow(filesDir))).not.toContain(key.slice(8));
});
