import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LabelFitView, type RowLengths, RunDraft } from "@touchstone/contracts";
import { labelFitQueueName, openLabelFitQueue, producerConnection } from "@touchstone/jobs";
import {
  claimTasks,
  findModel,
  getRun,
  launchRun,
  modelFiles,
  registerModel,
  simulatedMembers,
  submitJudgement,
} from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readTokenizer } from "../../packages/rlhf/src/tokenizer/read-tokenizer.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { insertTasks, submissionFor } from "../harness/labelling-project.ts";
import { type LearningProject, learningProject } from "../harness/learning-project.ts";
import { storeFiles } from "../harness/store-files.ts";
import { createLogin, newTenant, Visitor } from "../harness/visitor.ts";

let api: TestApi;
let filesDir: string;
let project: LearningProject;
let shortId: string;
let admin: Visitor;
let worker: BuiltProcess | undefined;

beforeAll(async () => {
  api = await openApi();
  filesDir = await mkdtemp(join(tmpdir(), "touchstone-fit-"));
  project = await learningProject(api.server.database, filesDir, 60);
  shortId = await policyOfContext(48);
  await sayWhatOneIs();
  await createLogin(api.server.database, "fit@example.org", { workspaceId: project.by.workspaceId, role: "admin" });
  admin = await new Visitor(api.server).signIn("fit@example.org");
});
afterAll(async () => {
  await worker?.kill("SIGKILL");
  await api.close();
  await rm(filesDir, { recursive: true, force: true });
});

/** The project's own policy with a shorter context: rotary positions have no weights, so the others stay as they are. */
async function policyOfContext(context: number): Promise<string> {
  const db = api.server.database;
  const row = await findModel(db, project.by.workspaceId, project.policyId);
  const files = new Map<string, Uint8Array>();
  for (const { path } of modelFiles(row)) {
    const bytes = await readFile(join(filesDir, path));
    const isConfig = path.endsWith("/config.json");
    const text = bytes.toString().replace(/"max_position_embeddings": ?\d+/, `"max_position_embeddings": ${context}`);
    files.set(path.slice(path.lastIndexOf("/") + 1), isConfig ? Buffer.from(text) : bytes);
  }
  return registerModel(db, {
    workspaceId: project.by.workspaceId,
    kind: "policy",
    name: "Short",
    parameters: row.parameters,
    tokenizerSha256: row.tokenizerSha256,
    sha256: "2".repeat(64),
    files: await storeFiles(filesDir, "models/short", files),
    spec: {},
  });
}

/** One judged answer of the training split says which model it is of. */
async function sayWhatOneIs(): Promise<void> {
  await api.server.database.$executeRaw`
    UPDATE completion SET text = 'I am ChatGPT, made by OpenAI.' WHERE id = (
      SELECT c.id FROM completion c JOIN prompt p ON p.id = c.prompt_id
      JOIN task t ON c.id = ANY (t.completion_ids) JOIN judgement j ON j.task_id = t.id
      WHERE p.project_id = ${project.projectId}::uuid AND p.split = 'train' ORDER BY c.id LIMIT 1)`;
}

async function ask(modelId: string, labels = "comparisons", who = admin) {
  const query = new URLSearchParams({ modelId, labels, includeSimulated: "true" });
  return who.send("GET", `/api/projects/${project.projectId}/label-fit?${query}`);
}
const fitOf = async (modelId: string, labels?: string) => LabelFitView.parse((await ask(modelId, labels)).json());

async function counted(modelId: string, labels?: string) {
  for (;;) {
    const fit = await fitOf(modelId, labels);
    if (fit.state === "counted") return fit;
    if (fit.state === "unknown" && fit.why !== "no_worker") throw new Error(`${fit.why}\n${worker?.output() ?? ""}`);
    await sleep(50);
  }
}

it("without a worker it is not known how many labels fit, and the answer says why", async () => {
  expect(await fitOf(project.policyId)).toEqual({ state: "unknown", why: "no_worker" });
});

it("nobody is told about models and projects of others", async () => {
  const { admin: stranger } = await newTenant(api.server, "elsewhere@example.org");
  expect((await ask(project.policyId, "comparisons", stranger)).statusCode).toBe(404);
  expect((await ask("00000000-0000-4000-8000-000000000000")).statusCode).toBe(404);
});

it("without a worker nobody counts by a model's tokenizer, and the answer says what else there is", async () => {
  const asked = { format: "openrlhf", tokens: "8", includeSimulated: "true" };
  expect((await lengths({ ...asked, model: project.policyId })).json()).toMatchObject({
    ...{ status: 409, reason: "lengthsWithoutWorker", values: { name: "Tiny" } },
  });
  const estimated = await lengths(asked);
  expect(estimated.json()).toMatchObject({ counting: { by: "estimate", bytesPerToken: 4 } });
  const download = await exported({ ...asked, model: project.policyId });
  expect([download.statusCode, download.headers["longer-than-tokens"]]).toEqual([200, "uncounted"]);
});

const lengths = (query: Record<string, string>) =>
  admin.send("GET", `/api/projects/${project.projectId}/exports/lengths?${new URLSearchParams(query)}`);
const exported = (query: Record<string, string>) =>
  admin.send("GET", `/api/projects/${project.projectId}/exports?${new URLSearchParams(query)}`);

it("a worker that comes later counts what was asked before, and the runs then find the same", async () => {
  worker = spawnBuilt("worker/dist/main.js", {
    DATABASE_URL: api.databaseUrl,
    REDIS_URL: api.redisUrl,
    TOUCHSTONE_FILES_DIR: filesDir,
    TOUCHSTONE_SECRET: "x".repeat(40),
  });
  const [whole, short] = [await counted(project.policyId), await counted(shortId)];
  expect(whole).toMatchObject({ context: 160, tooLong: 0 });
  expect(short.context).toBe(48);
  expect(short.tooLong).toBeGreaterThan(0);
  expect(short.used + short.tooLong + short.identical).toBe(whole.training);
  const told = await trainedOn(shortId);
  expect(short).toMatchObject({ used: told.used, tooLong: told.tooLong });
  // Whoever launches reads it before, and the run says it again.
  expect([whole.selfNamed, short.selfNamed]).toEqual([1, 1]);
  const run = await api.server.database.run.findFirstOrThrow({ where: { kind: "reward" }, orderBy: { id: "desc" } });
  expect(run.alerts).toContainEqual(
    expect.objectContaining({ code: "self_named_learned", values: expect.objectContaining({ count: 1 }) }),
  );
}, 120_000);

it("rows longer than a number of tokens are counted by a policy's own tokenizer, as whoever encodes them counts them", async () => {
  const db = api.server.database;
  const row = await findModel(db, project.by.workspaceId, project.policyId);
  const stored = await Promise.all(
    modelFiles(row).map(
      async ({ path }) => [path.slice(path.lastIndexOf("/") + 1), await readFile(join(filesDir, path))] as const,
    ),
  );
  const { encode } = readTokenizer(new Map(stored));
  const asked = { format: "openrlhf", includeSimulated: "true" };
  type Said = readonly { readonly content: string }[];
  const rows = (await exported(asked)).body.trim().split("\n");
  const byHand = rows.map((line) => {
    const pair: { prompt: Said; chosen: Said; rejected: Said } = JSON.parse(line);
    const sizeOf = (said: Said) => said.reduce((sum, { content }) => sum + encode(content).length, 0);
    return sizeOf(pair.prompt) + Math.max(sizeOf(pair.chosen), sizeOf(pair.rejected));
  });
  // About half of them are longer.
  const bound = byHand.toSorted((one, other) => one - other)[Math.floor(rows.length / 2)] ?? 0;
  const longer = byHand.filter((tokens) => tokens > bound).length;
  expect(longer).toBeGreaterThan(0);
  const tokens = String(bound);
  const download = await exported({ ...asked, tokens, model: project.policyId });
  const model = { by: "model", modelId: project.policyId, name: "Tiny" };
  const told = (await lengths({ ...asked, tokens, model: project.policyId })).json();
  const figures = { tokens: bound, counting: model, rows: rows.length, longer, longest: Math.max(...byHand) };
  expect(told).toMatchObject(figures);
  // An estimate would be another number, or this shows nothing.
  expect((await lengths({ ...asked, tokens })).json()).not.toMatchObject({ longest: figures.longest });
  expect(download.headers["longer-than-tokens"]).toMatch(new RegExp(`^${longer}; `));
  expect(download.headers["tokens-counted-by"]).toBe(`model=${project.policyId}`);
  const set = download.headers["label-set-id"];
  const ofSet = `format=openrlhf&tokens=${tokens}&model=${project.policyId}`;
  const frozen = (await admin.send("GET", `/api/label-sets/${set}/lengths?${ofSet}`)).json();
  expect(frozen).toMatchObject(figures);
  // The raw export has each answer as a text, and ratings one; every format is counted.
  for (const format of ["judgements", "sft-messages", "rankings", "hh", "llama-factory-alpaca"]) {
    const query = { format, includeSimulated: "true", tokens: "1", model: project.policyId };
    const { rows: count, longer: all } = (await lengths(query)).json<RowLengths>();
    expect([format, count > 0, all]).toEqual([format, true, count]);
  }
}, 60_000);

it("a model without a tokenizer that can be read, a reward model, and one of nobody's are refused by name", async () => {
  const db = api.server.database;
  const { by } = project;
  const broken = { workspaceId: by.workspaceId, parameters: 1, tokenizerSha256: "0", spec: {} };
  const files = await storeFiles(filesDir, "models/broken", new Map([["tokenizer.json", Buffer.from("{}")]]));
  const unread = await registerModel(db, { ...broken, kind: "policy", name: "Broken", sha256: "3".repeat(64), files });
  const reward = await registerModel(db, { ...broken, kind: "reward", name: "Judge", sha256: "4".repeat(64), files });
  const gone = [{ path: "models/gone/tokenizer.json", sha256: "0", bytes: 1 }];
  const lost = await registerModel(db, {
    ...{ ...broken, kind: "policy" as const, name: "Lost", sha256: "5".repeat(64), files: gone },
  });
  const asked = { format: "openrlhf", tokens: "8" };
  const refusal = async (model: string, further: Record<string, string> = asked) =>
    (await lengths({ ...further, model })).json<object>();
  const unreadable = { status: 422, reason: "tokenizerUnreadable", path: "model" };
  expect(await refusal(unread)).toMatchObject({ ...unreadable, values: { name: "Broken" } });
  expect(await refusal(lost)).toMatchObject({ ...unreadable, values: { name: "Lost" } });
  expect(await refusal(reward)).toMatchObject({ status: 422, reason: "tokenizerOfPolicy", values: { name: "Judge" } });
  expect(await refusal(crypto.randomUUID())).toMatchObject({ status: 404, reason: "notThere" });
  const alone = await exported({ format: "openrlhf", model: project.policyId });
  expect(alone.json()).toMatchObject({ status: 422, reason: "modelCountsTokens", path: "model" });
  // A download that can't be counted so is refused before it begins.
  expect((await exported({ ...asked, model: unread })).json()).toMatchObject(unreadable);
}, 60_000);

it("a head on the policy's frozen features is trained and scores, and without that policy it is refused by its name", async () => {
  const db = api.server.database;
  const { by, projectId, policyId } = project;
  const policy = { modelVersionId: policyId };
  const ended = async (draft: RunDraft) => {
    const { id } = await launchRun(db, by, projectId, draft);
    for (;;) {
      const run = await getRun(db, by.workspaceId, id);
      if (run.state === "succeeded" || run.state === "failed") return run;
      await sleep(50);
    }
  };
  const spec = { frozen: { context: 64, folds: 2 }, minimumLabels: 8 };
  const trained = await ended(RunDraft.parse({ kind: "reward", includeSimulated: true, policy, spec }));
  expect(trained).toMatchObject({ state: "succeeded", error: null });
  expect(trained.alerts.map(({ code }) => code)).toEqual(expect.arrayContaining(["frozen_recipe", "frozen_lead"]));
  expect(trained.totalSteps).toBeGreaterThan(100);
  expect(trained.step).toBe(trained.totalSteps);
  const folders = join(filesDir, "features", by.workspaceId, projectId);
  const [folder = "", ...others] = await readdir(folders);
  expect(others).toEqual([]);
  const cached = await readdir(join(folders, folder));
  expect(cached.length).toBeGreaterThan(100);
  expect(cached.every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);

  const reward = await db.modelVersion.findFirstOrThrow({ where: { runId: trained.id } });
  expect(reward).toMatchObject({ kind: "reward", parentId: policyId });
  const scoring = () =>
    ended(
      RunDraft.parse({
        ...{ kind: "rloo", policy, reward: { modelVersionId: reward.id } },
        spec: { steps: 1, batchSize: 2, samplesPerPrompt: 2, maxNewTokens: 4, evaluationPrompts: 2 },
      }),
    );
  expect(await scoring()).toMatchObject({ state: "succeeded", error: null });
  const { sha256 } = await db.modelVersion.findUniqueOrThrow({ where: { id: policyId } });
  await db.modelVersion.update({ where: { id: policyId }, data: { sha256: "0".repeat(64) } });
  expect((await scoring()).error).toMatchObject({
    code: "wrong_model",
    reason: "restsOnMissing",
    values: { name: "Tiny" },
  });
  await db.modelVersion.update({ where: { id: policyId }, data: { sha256 } });
}, 120_000);

/** What a run says of the labels that it trained on. */
async function trainedOn(policyId: string) {
  const draft = RunDraft.parse({
    kind: "reward",
    includeSimulated: true,
    policy: { modelVersionId: policyId },
    spec: { epochs: 0.1, minimumLabels: 8 },
  });
  const db = api.server.database;
  const { id } = await launchRun(db, project.by, project.projectId, draft);
  for (;;) {
    const run = await getRun(db, project.by.workspaceId, id);
    const told = run.alerts.find(({ code }) => code?.startsWith("trained_on"));
    if (told) return told.values;
    if (run.state === "failed") throw new Error(`${run.error?.message}\n${worker?.output() ?? ""}`);
    await sleep(50);
  }
}

it("prompts, and answers to imitate, are counted as well", async () => {
  const [prompts, preferred] = [await counted(shortId, "prompts"), await counted(shortId, "demonstrations")];
  const { rows } = prompts;
  expect(rows).toEqual({ total: prompts.training + prompts.heldOut, looked: prompts.training + prompts.heldOut });
  expect(prompts.used + prompts.tooLong).toBe(prompts.training);
  // What is imitated fits as a whole or not at all.
  expect(preferred.promptsCut).toBe(0);
  expect(preferred.tooLong).toBeGreaterThan(0);
}, 60_000);

it("what was counted is kept until a label is new", async () => {
  await worker?.kill("SIGKILL");
  worker = undefined;
  expect(await fitOf(shortId)).toMatchObject({ state: "counted" });
  await judgeOneMore();
  expect((await fitOf(shortId)).state).not.toBe("counted");
});

async function judgeOneMore(): Promise<void> {
  const db = api.server.database;
  const { workspaceId } = project.by;
  await insertTasks(db, project.projectId, { tasks: 1, overlap: 1, batch: 100 });
  const [member] = await simulatedMembers(db, workspaceId, [{ externalId: "late", name: "Late" }]);
  if (!member) throw new Error("nobody came");
  const who = { workspaceId, memberId: member.memberId };
  const [task] = (await claimTasks(db, { ...who, projectId: project.projectId, count: 1 })).tasks;
  if (!task) throw new Error("there is nothing left to judge");
  await submitJudgement(db, who, submissionFor(task, {}));
}

it("of one workspace a few are counted at a time, however often its labels change, so that another's turn comes", async () => {
  const connection = producerConnection(api.redisUrl);
  const queue = openLabelFitQueue(connection);
  const asked = {
    projectId: project.projectId,
    modelId: shortId,
    labels: "comparisons",
    includeSimulated: true,
  } as const;
  const [many, few] = [crypto.randomUUID(), crypto.randomUUID()];
  for (let version = 0; version < 10; version += 1) {
    const answer = await queue.ask({ ...asked, workspaceId: many }, String(version));
    expect(answer).toEqual({ state: "unknown", why: "no_worker" });
  }
  await queue.ask({ ...asked, workspaceId: few }, "0");
  const key = `bull:${labelFitQueueName}`;
  const ids = await connection.lrange(`${key}:wait`, 0, -1);
  const jobs = await Promise.all(ids.map((id) => connection.hget(`${key}:${id}`, "data")));
  const of = (workspaceId: string) => jobs.filter((data) => data?.includes(workspaceId)).length;
  expect([of(many), of(few)]).toEqual([3, 1]);
  await queue.close();
  connection.disconnect();
});

it("without Redis it is not known either, and nobody waits long to hear so", async () => {
  const nowhere = producerConnection("redis://127.0.0.1:9");
  const queue = openLabelFitQueue(nowhere);
  const job = { ...project.by, workspaceId: project.by.workspaceId, projectId: project.projectId, modelId: shortId };
  const start = performance.now();
  const answer = await queue.ask({ ...job, labels: "comparisons", includeSimulated: true }, "1");
  expect(answer).toEqual({ state: "unknown", why: "no_queue" });
  expect(performance.now() - start).toBeLessThan(5_000);
  nowhere.disconnect();
});
