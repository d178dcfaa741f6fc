import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { AnswerEvent, AskedPairView, GivenAnswer } from "@touchstone/contracts";
import { describeModel, type Files, generateCompletions } from "@touchstone/rlhf";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openProofs } from "../../apps/api/src/routes/serving/answer-proof.ts";
import * as world from "../../packages/rlhf/src/trainers/tiny-world.fixture.ts";
import { openApi, type TestApi, testSecret } from "../harness/api-server.ts";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { storeFiles } from "../harness/store-files.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let workspaceId: string;
let base: string;
let token: string;
let policy: Files;
let policyId: string;
let otherId: string;
let worker: BuiltProcess | undefined;

const question = [{ role: "user" as const, content: "Write about tea." }];
const sampling = { temperature: 1, topP: 1, maxNewTokens: 30 };

beforeAll(async () => {
  api = await openApi();
  ({ admin, workspaceId } = await newTenant(api.server, "playground@example.org"));
  // Rotary positions have no weights, so its context can be any.
  const config = Buffer.from(world.freshPolicy.get("config.json") ?? []).toString();
  const longer = config.replace(/"max_position_embeddings": ?\d+/, '"max_position_embeddings": 160');
  policy = new Map([...world.freshPolicy, ["config.json", Buffer.from(longer)]]);
  policyId = await store("Tiny", null);
  const elsewhere = await admin.send("POST", "/api/projects", { name: "Elsewhere" });
  otherId = await store("Theirs", elsewhere.json<{ id: string }>().id);
  const made = await admin.send("POST", "/api/tokens", { name: "programs", role: "researcher" });
  token = made.json<{ token: string }>().token;
  await api.server.listen({ port: 0, host: "127.0.0.1" });
  base = `http://127.0.0.1:${(api.server.server.address() as AddressInfo).port}`;
  worker = spawnBuilt("worker/dist/main.js", {
    DATABASE_URL: api.databaseUrl,
    REDIS_URL: api.redisUrl,
    TOUCHSTONE_FILES_DIR: api.filesDir,
  });
  const deadline = Date.now() + 30_000;
  while ((await ask(policyId, { seed: 1 })).status === 503 && Date.now() < deadline) await sleep(100);
});
afterAll(async () => {
  await worker?.kill("SIGKILL");
  api.server.server.closeAllConnections();
  await api.close();
});

async function store(name: string, projectId: string | null): Promise<string> {
  const { kind, parameters, tokenizerSha256, sha256 } = describeModel(policy);
  const stored = await storeFiles(api.filesDir, `models/${name}`, policy);
  const row = { workspaceId, projectId, kind, name, parameters, tokenizerSha256, sha256, files: stored, spec: {} };
  // Of the same weights each, and yet another model.
  return (await api.server.database.modelVersion.create({ data: row })).id;
}

const ask = (id: string, more: object) =>
  fetch(`${base}/api/models/${id}/answers`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ messages: question, sampling, ...more }),
  });

/** An answer, whole. */
async function answered(
  seed: number,
  id = policyId,
  messages: GivenAnswer["messages"] = question,
): Promise<GivenAnswer> {
  const response = await ask(id, { seed, messages });
  const events = (await response.text()).trimEnd().split("\n\n");
  expect(events.pop()).toBe("data: [DONE]");
  const all = events.map((event): AnswerEvent => JSON.parse(event.slice("data: ".length)));
  const text = all.map((event) => (event.type === "said" ? event.text : "")).join("");
  const end = all.at(-1);
  if (end?.type !== "ended") throw new Error(`it ended with ${end?.type}`);
  return { modelId: id, messages, sampling, seed, text, finishReason: end.finishReason, proof: end.proof ?? "" };
}

async function freshProject(name: string): Promise<string> {
  const made = await admin.send("POST", "/api/projects", { name, overlap: 3 });
  expect(made.statusCode, made.body).toBe(201);
  return made.json<{ id: string }>().id;
}
const pair = (project: string, answers: readonly GivenAnswer[], more: object = {}) =>
  admin.send("POST", `/api/projects/${project}/pairs`, { questionnaire: "preference", answers, ...more });

it("streams what the policy says by itself, bit by bit, and proves it only at its end", async () => {
  const response = await ask(policyId, { seed: 7 });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  await response.body?.cancel();
  const [alone] = await generateCompletions({
    ...{ engine: world.engine, policy, prompts: [question], seed: 7 },
    options: { temperature: 1, maxNewTokens: 30 },
  });
  expect((await answered(7)).text).toBe(alone?.text);
});

it("says what an answer can't be had of: a reward model's name, an archived one, a conversation that waits for nobody", async () => {
  const last = [...question, { role: "assistant", content: "Tea." }];
  const unasked = await ask(policyId, { seed: 1, messages: last });
  expect(await unasked.json()).toMatchObject({ reason: "servingLastTurn", path: "messages" });
  const empty = await ask(policyId, { seed: 1, messages: [{ role: "user", content: "" }] });
  expect(empty.status).toBe(422);
  const long = await ask(policyId, { seed: 1, messages: [{ role: "user", content: "tea ".repeat(400) }] });
  expect(await long.json()).toMatchObject({ reason: "servingTooLong", values: { limit: 160 } });
  const archived = await store("Old", null);
  expect((await admin.send("PATCH", `/api/models/${archived}`, { archived: true })).statusCode).toBe(200);
  const refusal = await ask(archived, { seed: 1 });
  expect(refusal.status).toBe(409);
  expect(await refusal.json()).toMatchObject({ reason: "servingArchived" });
});

it("makes of two answers one task with where they come from, however often and in whichever order they are sent", async () => {
  const project = await freshProject("Asked");
  const [a, b] = [await answered(1), await answered(2)];
  const sent = await Promise.all([pair(project, [a, b]), pair(project, [a, b]), pair(project, [b, a])]);
  const views = sent.map((one) => one.json<AskedPairView>());
  expect(sent.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  expect(new Set(views.map(({ taskId }) => taskId)).size).toBe(1);
  expect(views.filter(({ already }) => !already)).toHaveLength(1);
  const db = api.server.database;
  const [task, ...others] = await db.task.findMany({ where: { projectId: project }, include: { prompt: true } });
  expect(others).toEqual([]);
  expect(task).toMatchObject({ overlap: 3, reason: "playground", state: "open", prompt: { messages: question } });
  const completions = await db.completion.findMany({
    where: { promptId: task?.promptId ?? "" },
    orderBy: { seed: "asc" },
  });
  expect(completions).toMatchObject([
    { modelVersionId: policyId, seed: 1, sampling, text: a.text, finishReason: a.finishReason, runId: null },
    { modelVersionId: policyId, seed: 2, sampling, text: b.text, finishReason: b.finishReason, runId: null },
  ]);
  expect(await db.auditEvent.count({ where: { action: "pair.asked", subject: task?.id ?? "" } })).toBe(1);

  // Blind at the desk: neither who wrote them, nor how they were drawn.
  const claimed = await admin.send("POST", `/api/work/${project}/claims`, {});
  expect(claimed.statusCode, claimed.body).toBe(200);
  expect(claimed.body).toContain(JSON.stringify(a.text).slice(1, -1));
  for (const secret of [policyId, "Tiny", "temperature", "playground"]) expect(claimed.body).not.toContain(secret);
});

it("takes other wishes for another task, and another project for another prompt", async () => {
  const project = await freshProject("Wishes");
  const [a, b, c] = [await answered(1), await answered(2), await answered(3)];
  const first = await pair(project, [a, b], { overlap: 5 });
  expect(first.json()).toMatchObject({ already: false, overlap: 5 });
  const second = await pair(project, [a, c]);
  expect(second.json()).toMatchObject({ already: false, overlap: 3 });
  expect(await api.server.database.prompt.count({ where: { projectId: project } })).toBe(1);
});

it("refuses by name what nobody could choose between, and what no model gave", async () => {
  const project = await freshProject("Refused");
  const [a, b] = [await answered(1), await answered(2)];
  const reasonOf = async (answers: readonly GivenAnswer[], more: object = {}) => {
    const response = await pair(project, answers, more);
    return response.json<{ reason?: string }>().reason ?? response.body;
  };
  expect(await reasonOf([a, { ...b, text: `${b.text}!` }])).toBe("pairUnproven");
  expect(await reasonOf([a, { ...b, modelId: otherId }])).toBe("pairUnproven");
  expect(await reasonOf([a, a])).toBe("pairOfOneText");
  const apart = await answered(2, policyId, [{ role: "user", content: "Write about coffee." }]);
  expect(await reasonOf([a, apart])).toBe("pairOfTwoPrompts");
  expect(await reasonOf([a, b], { questionnaire: "nobody's" })).toBe("noQuestionnaire");
  expect(await reasonOf([a, b], { questionnaire: "rating" })).toBe("pairNotShown");
  expect(await reasonOf([a, await answered(2, otherId)])).toBe("pairOfOtherProject");
  expect((await pair(project, [a])).statusCode).toBe(422);
  expect(await api.server.database.task.count({ where: { projectId: project } })).toBe(0);
  expect(await api.server.database.prompt.count({ where: { projectId: project } })).toBe(0);

  expect((await admin.send("PATCH", `/api/projects/${project}`, { state: "archived" })).statusCode).toBe(200);
  expect((await pair(project, [a, b])).json()).toMatchObject({ code: "project_archived" });
});

it("holds back an answer that says which model it is of, unless that is allowed, and marks it then", async () => {
  const project = await freshProject("Named");
  const a = await answered(1);
  // No policy here says so: the test gives the answer, and proves it as the API would.
  const { proof: _of, ...given } = { ...(await answered(2)), text: "As ChatGPT, I like tea." };
  const named = { ...given, proof: openProofs(testSecret).of(workspaceId, given) };
  const held = await pair(project, [a, named]);
  expect(held.json()).toMatchObject({ reason: "pairNamesItself", path: "answers.1.text", values: { number: 2 } });
  expect((await pair(project, [a, named], { selfNamed: "ask" })).statusCode).toBe(200);
  const where = { prompt: { projectId: project }, seed: 2 };
  const [kept] = await api.server.database.completion.findMany({ where });
  expect(kept?.metadata).toEqual({ namesItself: ["ChatGPT"] });
});

it("answers nobody of another workspace, and asks nobody in theirs", async () => {
  const project = await freshProject("Ours");
  const [a, b] = [await answered(1), await answered(2)];
  const stranger = (await newTenant(api.server, "stranger-playground@example.org")).admin;
  const asked = await stranger.send("POST", `/api/models/${policyId}/answers`, { messages: question, seed: 1 });
  expect(asked.statusCode).toBe(404);
  const theirs = await stranger.send("POST", "/api/projects", { name: "Theirs" });
  const body = { questionnaire: "preference", answers: [a, b] };
  const there = await stranger.send("POST", `/api/projects/${theirs.json<{ id: string }>().id}/pairs`, body);
  expect(there.json()).toMatchObject({ reason: "pairUnproven" });
  const ours = await stranger.send("POST", `/api/projects/${project}/pairs`, body);
  // Not even that it is there.
  expect(ours.statusCode).toBe(404);
  expect(await api.server.database.task.count({ where: { projectId: project } })).toBe(0);
});
