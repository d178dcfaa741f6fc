import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PersonDependants } from "@touchstone/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { judgeAll, projectAsking } from "../harness/asked-project.ts";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { storeTinyPolicy } from "../harness/learning-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

/** No word of a model's or a program's: it stands in every text that is learned from here. */
const mark = "qx7demonstrated";

let api: TestApi;
let admin: Visitor;
let projectId: string;
let policyId: string;
let worker: BuiltProcess;
beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  const rows = Array.from({ length: 40 }, (_, i) => ({ prompt: `question ${i}` }));
  projectId = await projectAsking(admin, [{ name: "ideal", kind: "demonstration" }], rows, 1);
  await admin.send("PATCH", `/api/projects/${projectId}`, { repeatShare: 0 });
  policyId = await storeTinyPolicy(db(), api.filesDir, tenant.workspaceId);
  worker = startWorker();
});
afterAll(async () => {
  await worker?.kill("SIGKILL");
  await api?.close();
});

const db = () => api.server.database;
const runOf = (id: string) => db().run.findUniqueOrThrow({ where: { id } });
const checkpointsOf = (runId: string) => db().checkpoint.count({ where: { runId } });

/** The first thing that it does is to look for what it is to remove and to take up. */
const startWorker = () =>
  spawnBuilt("worker/dist/main.js", {
    ...{ DATABASE_URL: api.databaseUrl, REDIS_URL: api.redisUrl, TOUCHSTONE_FILES_DIR: api.filesDir },
    TOUCHSTONE_SECRET: "x".repeat(40),
  });

async function demonstrator(name: string): Promise<{ memberId: string; name: string }> {
  const visitor = await invite(admin, "annotator", `${name.toLowerCase()}@example.org`);
  const { member } = (await visitor.send("GET", "/api/session")).json<{ member: { id: string; name: string } }>();
  await judgeAll(visitor, projectId, 10, () => ({ ideal: { text: `${mark} by ${name}, as it should be said.` } }));
  return { memberId: member.id, name: member.name };
}

/** A run of thousands of steps with a checkpoint after each few: it is at work until it is ended. */
async function launch(): Promise<string> {
  const spec = { epochs: 100, batchSize: 1, checkpointEvery: 2, evaluateEvery: 10_000 };
  const draft = { kind: "sft", policy: { modelVersionId: policyId }, spec };
  const launched = await admin.send("POST", `/api/projects/${projectId}/runs`, draft);
  expect(launched.statusCode, launched.body).toBeLessThan(300);
  return launched.json<{ id: string }>().id;
}

async function erase({ memberId, name }: { memberId: string; name: string }, what: "identity" | "all") {
  const { stamp } = (await admin.send("GET", `/api/members/${memberId}/dependants`)).json<PersonDependants>();
  const ask = () => admin.send("POST", `/api/members/${memberId}/erasure`, { what, name, stamp });
  // A worker that was put to sleep within a transaction holds its locks until Postgres ends that, within a minute. Till
  // then nothing is changed, and one is asked to try again.
  let sent = await ask();
  for (let again = 0; again < 8 && sent.json<{ reason?: string }>().reason === "databaseBusy"; again++)
    sent = await ask();
  expect(sent.statusCode, sent.body).toBe(202);
}

/** All that lies in a run's folder, however deep. */
function folderOf(runId: string): Map<string, Buffer> {
  const folder = join(api.filesDir, "runs", runId);
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true }).map((path) => join(folder, String(path)));
  return new Map(paths.filter((path) => statSync(path).isFile()).map((path) => [path, readFileSync(path)]));
}

it.each([
  ["identity", "at work", "Noa"],
  ["all", "asleep meanwhile", "Mei"],
  ["all", "given back, with a checkpoint to go on from", "Ivo"],
] as const)(
  "erased by %s, somebody's run that is %s ends: nobody goes on from its folder, which is emptied",
  async (what, how, name) => {
    const person = await demonstrator(name);
    const runId = await launch();
    await expect.poll(() => checkpointsOf(runId), { timeout: 30_000 }).toBeGreaterThan(0);
    // As a machine that is put to sleep: its worker learns of nothing, and goes on where it was.
    if (how === "asleep meanwhile") process.kill(worker.pid, "SIGSTOP");
    if (how === "given back, with a checkpoint to go on from") {
      await worker.kill("SIGTERM");
      expect(await runOf(runId)).toMatchObject({ state: "queued" });
      expect(folderOf(runId).size).toBeGreaterThan(0);
      // Weights and places in the data: no text that it learns from is in it.
      for (const [path, bytes] of folderOf(runId)) expect(bytes.includes(mark), path).toBe(false);
    }

    await erase(person, what);
    await expect.poll(() => db().erasure.count({ where: { finishedAt: null } }), { timeout: 20_000 }).toBe(0);
    if (how === "asleep meanwhile") process.kill(worker.pid, "SIGCONT");
    const { state, error, fencingToken } = await runOf(runId);
    expect([state, error]).toEqual(["failed", expect.objectContaining({ reason: "labelsErased" })]);
    await worker.kill("SIGTERM");
    // As a worker leaves it that was killed between writing a checkpoint and learning that nobody wants it.
    const unnamed = join(api.filesDir, "runs", runId, "1", "999999");
    mkdirSync(unnamed, { recursive: true });
    writeFileSync(join(unnamed, "model.safetensors"), "weights");
    worker = startWorker();
    await expect.poll(() => [...folderOf(runId).keys()], { timeout: 30_000 }).toEqual([]);
    await expect.poll(() => checkpointsOf(runId)).toBe(0);
    // Nobody took it up again.
    expect(await runOf(runId)).toMatchObject({ state, error, fencingToken });
  },
  // Workers are started and stopped in it.
  180_000,
);
