import fs from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import {
  type AnswerEvent,
  type EndpointTestView,
  type EndpointView,
  ExportFormat,
  GenerateSpec,
  type RunAskedView,
  type RunView,
} from "@touchstone/contracts";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { handleRun } from "../../apps/worker/src/handlers/run.ts";
import type { Services } from "../../apps/worker/src/run/context.ts";
import { generate } from "../../apps/worker/src/run/generate.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { filesBelow } from "../harness/files-below.ts";
import { holdRun, servicesOf, workOnRun } from "../harness/held-run.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { type Behaviour, ModelAddress } from "../harness/model-address.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";
import { archiveOf, unpacked } from "../harness/work-on-archives.ts";

/** Of the length and form of a real one, in no other text. */
const key = "sk-proj-7Hq2vX9LmWc4TzR8bNf3KyJd6PgS1aQe";

let api: TestApi;
let admin: Visitor;
let database: OpenDatabase;
let baseUrl: string;
const address = new ModelAddress();
beforeAll(async () => {
  api = await openApi({ TOUCHSTONE_OUTGOING_ALLOW: "127.0.0.1" });
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  database = openDatabase(api.databaseUrl);
  baseUrl = await address.open();
});
// Pauses are drawn from nothing up to a bound, and the tests need no long ones.
beforeEach(() => vi.spyOn(Math, "random").mockReturnValue(0.05));
afterEach(() => {
  vi.restoreAllMocks();
  address.reset();
});
afterAll(async () => {
  address.close();
  await database.close();
  await api.close();
});

let made = 0;
async function newEndpoint(more: object = {}): Promise<EndpointView> {
  const body = { name: `Near ${++made}`, baseUrl, model: "tiny-1", key, ...more };
  const response = await admin.send("POST", "/api/endpoints", body);
  expect(response.statusCode, response.body).toBe(201);
  return response.json<EndpointView>();
}

const endpointNow = async (id: string): Promise<EndpointView> => {
  const { items } = (await admin.send("GET", "/api/endpoints")).json<{ items: EndpointView[] }>();
  const found = items.find((one) => one.id === id);
  if (!found) throw new Error("There is no such endpoint.");
  return found;
};

async function projectWith(prompts: number): Promise<string> {
  const project = await newProject(admin, `Asked ${++made}`, 1);
  const rows = Array.from({ length: prompts }, (_, n) => ({ prompt: `Question ${n} of ${made}?` }));
  const imported = await importFile(admin, project, { format: "prompts" }, rows);
  expect(imported.statusCode, imported.body).toBeLessThan(300);
  // A tenth is kept for evaluations by the prompts' own words; here all are to be answered.
  await api.server.database.prompt.updateMany({ where: { projectId: project }, data: { split: "train" } });
  return project;
}

async function launched(project: string, endpointId: string, spec: object = {}, seed = 1): Promise<RunView> {
  const body = { kind: "generate", endpointId, seed, spec: { prompts: 100, ...spec } };
  const response = await admin.send("POST", `/api/projects/${project}/runs`, body);
  expect(response.statusCode, response.body).toBe(201);
  return response.json<RunView>();
}

const runNow = async (id: string) => (await admin.send("GET", `/api/runs/${id}`)).json<RunView>();
const askedBy = async (id: string) => (await admin.send("GET", `/api/runs/${id}/asked`)).json<RunAskedView>();

async function worked({ id }: RunView, its?: Partial<Services>): Promise<RunView> {
  await workOnRun(api, database, id, its);
  return runNow(id);
}

const everything = async () =>
  (
    await database.pool.query<{ all: string }>(
      `SELECT string_agg(xml, '') AS all FROM (SELECT query_to_xml(format('SELECT * FROM %I', tablename), true, false, '')::text AS xml
       FROM pg_tables WHERE schemaname = 'public') every`,
    )
  ).rows[0]?.all ?? "";

describe("an endpoint", () => {
  it("is asked for candidates, each with a seed of its own, and people are asked about them", async () => {
    const project = await projectWith(3);
    const endpoint = await newEndpoint({ sampling: { temperature: 0.7, topP: 0.9, maxNewTokens: 33, stop: ["END"] } });
    const run = await worked(await launched(project, endpoint.id, { samplesPerPrompt: 4 }));
    expect(run).toMatchObject({ state: "succeeded", step: 12, totalSteps: 12, endpointId: endpoint.id, alerts: [] });
    expect(address.asked).toHaveLength(12);
    expect(new Set(address.asked.map(({ body }) => body.seed)).size).toBe(12);
    expect(address.asked[0]).toMatchObject({
      authorization: `Bearer ${key}`,
      body: { model: "tiny-1", temperature: 0.7, top_p: 0.9, max_tokens: 33, stop: ["END"], stream: false },
    });
    const answers = await database.db.completion.findMany({ where: { runId: run.id } });
    expect(answers).toHaveLength(12);
    for (const { text, seed, finishReason, sampling, metadata } of answers) {
      expect(text).toMatch(new RegExp(`: ${seed}\\.$`));
      expect({ finishReason, metadata }).toEqual({ finishReason: "stop", metadata: { model: "tiny-1" } });
      expect(sampling).toMatchObject({ temperature: 0.7, topP: 0.9, maxNewTokens: 33 });
    }
    expect(await database.db.task.count({ where: { projectId: project } })).toBe(6);
    expect(await database.db.endpointCall.count({ where: { text: { not: null } } })).toBe(0);
    expect(await askedBy(run.id)).toMatchObject({
      endpoint: { id: endpoint.id, model: "tiny-1" },
      ...{ wanted: 12, answered: 12, failed: 0, requests: 12, lost: 0, faults: [], selfNamed: 0 },
      finishReasons: [{ reason: "stop", count: 12 }],
      lengths: { median: 5, p90: 5, longest: 5 },
      spent: { promptTokens: 120, answerTokens: 60, unknownTokens: 0 },
    });
    expect((await endpointNow(endpoint.id)).spent).toEqual({ tokens: address.billed, money: 0 });
  });

  it("asks the same for the same run again, and other answers for another seed", async () => {
    const project = await projectWith(2);
    const endpoint = await newEndpoint();
    const first = await launched(project, endpoint.id);
    await worked(first);
    const seeds = () => address.asked.map(({ body }) => body.seed).sort();
    const before = seeds();
    address.reset();
    await worked(await launched(project, endpoint.id));
    expect(seeds()).toEqual(before);
    address.reset();
    await worked(await launched(project, endpoint.id, {}, 2));
    expect(seeds().filter((seed) => before.includes(seed))).toEqual([]);
  });

  it("flags answers that say what they are before people see them, and asks about them only where that is wished", async () => {
    const project = await projectWith(2);
    const endpoint = await newEndpoint();
    address.behave = ({ content, body }) => ({
      kind: "answers",
      text: content.startsWith("Question 0") ? `As ChatGPT, I can't (${body.seed}).` : `Plain ${body.seed}.`,
    });
    const run = await worked(await launched(project, endpoint.id, { samplesPerPrompt: 2 }));
    expect(run.alerts).toMatchObject([
      { code: "self_named", level: "warning", values: { count: 2, names: "ChatGPT" } },
    ]);
    const marked = await database.db.completion.findMany({
      where: { runId: run.id, metadata: { path: ["namesItself"], equals: ["ChatGPT"] } },
    });
    expect(marked).toHaveLength(2);
    expect(await database.db.task.count({ where: { projectId: project } })).toBe(1);
    expect((await askedBy(run.id)).selfNamed).toBe(2);
    const wished = await worked(await launched(project, endpoint.id, { selfNamed: "ask" }));
    expect(wished.alerts).toMatchObject([{ code: "self_named_asked" }]);
    expect(await database.db.task.count({ where: { projectId: project } })).toBe(3);
  });

  it("says what became of one short question", async () => {
    const endpoint = await newEndpoint();
    const test = async () => (await admin.send("POST", `/api/endpoints/${endpoint.id}/test`)).json<EndpointTestView>();
    address.behave = () => ({ kind: "answers", text: "Hello." });
    expect(await test()).toMatchObject({ text: "Hello.", model: "tiny-1-2026", finishReason: "stop", fault: null });
    const fails: [Behaviour, string][] = [
      [
        { kind: "status", status: 401, body: JSON.stringify({ error: { message: `Wrong key: ${key}` } }) },
        "endpointKeyRefused",
      ],
      [
        { kind: "status", status: 404, body: JSON.stringify({ error: { message: "No model tiny-1" } }) },
        "endpointNotFound",
      ],
      [
        { kind: "status", status: 400, body: JSON.stringify({ error: { message: `Key ${key.slice(0, 9)}***` } }) },
        "endpointRefused",
      ],
      [
        { kind: "status", status: 429, body: JSON.stringify({ error: { message: "", code: "insufficient_quota" } }) },
        "endpointQuota",
      ],
      [{ kind: "status", status: 502 }, "endpointBroken"],
      [{ kind: "raw", body: "<html>" }, "endpointNoCompletion"],
      [{ kind: "raw", body: '{"choices":[]}' }, "endpointNoCompletion"],
      [{ kind: "answers", text: "  ", finish: "length" }, "endpointEmpty"],
      [{ kind: "answers", text: `You sent Bearer ${key}` }, "endpointEchoesKey"],
      [{ kind: "redirects", to: "http://169.254.169.254/latest/meta-data" }, "endpointRedirects"],
      [{ kind: "dies" }, "outgoingBrokeOff"],
    ];
    for (const [behaviour, reason] of fails) {
      address.behave = () => behaviour;
      const got = await test();
      expect(got.fault, reason).toMatchObject({ reason });
      expect(JSON.stringify(got)).not.toContain(key.slice(0, 9));
    }
  });

  it("leads into no network that is not public, and to no other address with the key of one", async () => {
    const private_ = { name: "Inside", baseUrl: "http://10.0.0.1/v1", model: "any" };
    const refused = await admin.send("POST", "/api/endpoints", private_);
    expect(refused.json()).toMatchObject({ issues: [{ path: "baseUrl", reason: "outgoingPrivate" }] });
    const withQuery = await admin.send("POST", "/api/endpoints", { ...private_, baseUrl: `${baseUrl}?key=abc` });
    expect(withQuery.json()).toMatchObject({ reason: "endpointQuery" });
    const endpoint = await newEndpoint();
    const elsewhere = createServer((_, response) => response.end("{}"));
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/v1`;
    const change = (body: object) => admin.send("PATCH", `/api/endpoints/${endpoint.id}`, body);
    expect((await change({ baseUrl: other })).json()).toMatchObject({ reason: "endpointKeyOfOtherAddress" });
    expect((await change({ baseUrl: other, key: null })).json()).toMatchObject({ hasKey: false, baseUrl: other });
    elsewhere.close();
    expect((await change({ limits: { money: 1 } })).json()).toMatchObject({ reason: "endpointPricesMissing" });
    const twice = await admin.send("POST", "/api/endpoints", { ...private_, baseUrl, name: endpoint.name });
    expect(twice.json()).toMatchObject({ reason: "endpointNameTaken" });
  });

  it("stays while a run uses it, and what it answered stays after it", async () => {
    const project = await projectWith(1);
    const endpoint = await newEndpoint();
    const run = await launched(project, endpoint.id);
    const remove = () => admin.send("DELETE", `/api/endpoints/${endpoint.id}`);
    expect((await remove()).json()).toMatchObject({ reason: "endpointInUse" });
    await worked(run);
    expect((await remove()).statusCode).toBe(204);
    expect(await runNow(run.id)).toMatchObject({ state: "succeeded", endpointId: null });
    expect(await askedBy(run.id)).toMatchObject({ endpoint: null, answered: 2 });
    expect(await database.db.completion.count({ where: { runId: run.id } })).toBe(2);
  });

  it("belongs to its workspace", async () => {
    const endpoint = await newEndpoint();
    const { admin: other } = await newTenant(api.server, "eve@example.org");
    const theirs = await newProject(other, "Theirs", 1);
    expect((await other.send("GET", "/api/endpoints")).json()).toEqual({ items: [] });
    for (const [method, path] of [
      ["PATCH", `/api/endpoints/${endpoint.id}`],
      ["DELETE", `/api/endpoints/${endpoint.id}`],
      ["POST", `/api/endpoints/${endpoint.id}/test`],
    ] as const) {
      expect((await other.send(method, path, method === "PATCH" ? { name: "Mine" } : undefined)).statusCode).toBe(404);
    }
    const asked = { kind: "generate", endpointId: endpoint.id };
    expect((await other.send("POST", `/api/projects/${theirs}/runs`, asked)).statusCode).toBe(404);
  });

  it("is refused for what is no candidates, and beside a policy", async () => {
    const project = await projectWith(1);
    const endpoint = await newEndpoint();
    const launch = (body: object) =>
      admin.send("POST", `/api/projects/${project}/runs`, { endpointId: endpoint.id, ...body });
    expect((await launch({ kind: "reward" })).json()).toMatchObject({ reason: "endpointOnlyCandidates" });
    const evaluation = { kind: "generate", spec: { purpose: "evaluation" } };
    expect((await launch(evaluation)).json()).toMatchObject({ reason: "endpointOnlyCandidates" });
    const both = { kind: "generate", policy: { modelVersionId: crypto.randomUUID() } };
    expect((await launch(both)).json()).toMatchObject({ reason: "endpointAndPolicy" });
  });
});

describe("an endpoint that misbehaves", () => {
  it("for a while is asked the same again, and each answer is there once", async () => {
    const passing: readonly Behaviour[] = [
      { kind: "status", status: 429 },
      { kind: "status", status: 503, retryAfter: 1 },
      { kind: "status", status: 500 },
      { kind: "dies" },
      { kind: "silent" },
      { kind: "drips", everyMs: 50 },
    ];
    const project = await projectWith(passing.length + 1);
    const endpoint = await newEndpoint({ limits: { atOnce: 64, seconds: 1 } });
    address.behave = ({ content }, before) =>
      (before === 0 ? passing[Number(content.split(" ")[1])] : undefined) ?? { kind: "answers" };
    const run = await worked(await launched(project, endpoint.id, { samplesPerPrompt: 2 }));
    expect(run).toMatchObject({ state: "succeeded", step: 14, alerts: [] });
    expect(await database.db.completion.count({ where: { runId: run.id } })).toBe(14);
    const asked = await askedBy(run.id);
    expect(asked).toMatchObject({ wanted: 14, answered: 14, failed: 0, requests: 26 });
    expect([...address.times().values()].sort()).toEqual([1, 1, ...Array.from({ length: 12 }, () => 2)]);
    const counts = Object.fromEntries(asked.faults.map(({ reason, count }) => [reason, count]));
    expect(counts).toMatchObject({ endpointBusy: 4, endpointBroken: 2, outgoingBrokeOff: 2 });
    expect(asked.faults.reduce((sum, { count }) => sum + count, 0)).toBe(12);
    expect(JSON.stringify(asked)).not.toContain(key);
  });

  it("for good is asked once for each: that answer is given up, the others go on, and the run says so", async () => {
    const lasting: readonly Behaviour[] = [
      { kind: "raw", body: "so sorry" },
      { kind: "endless", bytes: 5 * 2 ** 30 },
      { kind: "answers", text: "" },
      { kind: "status", status: 400 },
    ];
    const project = await projectWith(lasting.length + 2);
    const endpoint = await newEndpoint();
    address.behave = ({ content }) => lasting[Number(content.split(" ")[1])] ?? { kind: "answers" };
    const run = await worked(await launched(project, endpoint.id, { samplesPerPrompt: 1 }));
    expect(run).toMatchObject({ state: "succeeded", step: 6 });
    expect(run.alerts).toMatchObject([{ code: "endpoint_failed", values: { count: 4, total: 6 } }]);
    const asked = await askedBy(run.id);
    expect(asked).toMatchObject({ answered: 2, failed: 4, requests: 6 });
    expect(asked.faults.map(({ reason }) => reason).sort()).toEqual([
      ...["endpointEmpty", "endpointNoCompletion", "endpointRefused", "outgoingTooLarge"],
    ]);
  });

  const fatal: [string, Behaviour, string][] = [
    ["refuses the key", { kind: "status", status: 401 }, "endpointKeyRefused"],
    ["redirects inside", { kind: "redirects", to: "http://169.254.169.254/latest/meta-data" }, "endpointRedirects"],
    // Whoever followed this would ask it again.
    ["redirects to itself", { kind: "redirects", to: "/v1/chat/completions" }, "endpointRedirects"],
    ["shows the key", { kind: "answers", text: key }, "endpointEchoesKey"],
    ["wants to be left alone for a day", { kind: "status", status: 429, retryAfter: 86_400 }, "endpointBusy"],
  ];
  it.each(fatal)("%s: nothing more is asked, and the run says why", async (_, behaviour, reason) => {
    const project = await projectWith(5);
    const endpoint = await newEndpoint({ limits: { atOnce: 1 } });
    address.behave = () => behaviour;
    const run = await worked(await launched(project, endpoint.id));
    expect(run).toMatchObject({ state: "failed", error: { code: "endpoint", reason } });
    expect(address.asked).toHaveLength(1);
    expect(JSON.stringify(run)).not.toContain(key);
  });

  it("is left alone after five answers in a row that it did not give, and what it gave before stays", async () => {
    const project = await projectWith(10);
    const endpoint = await newEndpoint({ limits: { atOnce: 1 } });
    address.behave = () => (address.asked.length <= 6 ? { kind: "answers" } : { kind: "status", status: 400 });
    const run = await worked(await launched(project, endpoint.id));
    expect(run.state).toBe("succeeded");
    expect(run.alerts).toMatchObject([
      { code: "endpoint_failed", values: { count: 5, total: 20 } },
      { code: "endpoint_stopped", values: { answered: 6, total: 20 } },
    ]);
    expect(address.asked).toHaveLength(11);
  });
});

describe("limits", () => {
  it("are kept: so many at once, and no more than the budget is ever billed", async () => {
    const project = await projectWith(10);
    const limits = { atOnce: 2, tokens: 600, promptPrice: 1, answerPrice: 2 };
    const endpoint = await newEndpoint({ limits, sampling: { maxNewTokens: 200 } });
    address.together = 2;
    const run = await worked(await launched(project, endpoint.id, { samplesPerPrompt: 8 }));
    expect(address.mostAtOnce).toBe(2);
    expect(run.state).toBe("succeeded");
    const { answered } = await askedBy(run.id);
    expect(run.alerts).toMatchObject([{ code: "endpoint_budget", values: { answered, total: 80 } }]);
    expect(address.billed).toBeLessThanOrEqual(600);
    expect(answered).toBe(address.asked.length);
    // Of a prompt of 19 bytes and an answer of 200 tokens no more than this can be left.
    const { spent } = await endpointNow(endpoint.id);
    expect(spent.tokens).toBe(address.billed);
    expect(spent.tokens).toBeGreaterThan(600 - 260);
    expect(spent.money).toBeCloseTo((answered * (10 + 5 * 2)) / 1e6, 12);
    const again = await worked(await launched(project, endpoint.id));
    expect(again).toMatchObject({ state: "failed", error: { reason: "endpointBudget" } });
    await admin.send("PATCH", `/api/endpoints/${endpoint.id}`, { limits: { ...limits, tokens: 400 } });
    const test = await admin.send("POST", `/api/endpoints/${endpoint.id}/test`);
    expect(test.json()).toMatchObject({ reason: "endpointBudget" });
    await admin.send("PATCH", `/api/endpoints/${endpoint.id}`, { countAnew: true });
    expect((await endpointNow(endpoint.id)).spent).toEqual({ tokens: 0, money: 0 });
  });

  it("are kept over a minute, of all runs together, and heeded as they are now", async () => {
    const project = await projectWith(2);
    const limits = { atOnce: 4, perMinute: 2 };
    const endpoint = await newEndpoint({ limits });
    const runs = [await launched(project, endpoint.id), await launched(project, endpoint.id)] as const;
    const services = await servicesOf(api, database, runs[0].id);
    const ends = Promise.all(runs.map(({ id }) => handleRun(services, { runId: id }, new AbortController().signal)));
    const asked = () => expect.poll(() => address.asked.length, { timeout: 20_000 });
    await asked().toBe(2);
    // As if a minute had passed.
    await database.pool.query(
      "UPDATE endpoint_call SET asked_at = asked_at - interval '1 minute' WHERE endpoint_id = $1",
      [endpoint.id],
    );
    await asked().toBe(4);
    await admin.send("PATCH", `/api/endpoints/${endpoint.id}`, { limits: { ...limits, perMinute: null } });
    await ends;
    for (const { id } of runs) expect((await runNow(id)).state).toBe("succeeded");
    const { rows } = await database.pool.query<{ most: number }>(
      `SELECT max(n)::int AS most FROM (SELECT count(*) OVER (ORDER BY asked_at RANGE interval '59.9 seconds' PRECEDING) AS n
       FROM endpoint_call WHERE endpoint_id = $1 ORDER BY asked_at LIMIT 4) of_those_while_limited`,
      [endpoint.id],
    );
    expect(rows).toEqual([{ most: 2 }]);
    expect(address.asked).toHaveLength(8);
  });

  it("count what nobody can know the cost of as the most that it can have been", async () => {
    const project = await projectWith(1);
    const endpoint = await newEndpoint({ sampling: { maxNewTokens: 100 } });
    address.behave = (_, before) => (before === 0 ? { kind: "dies" } : { kind: "answers" });
    const run = await worked(await launched(project, endpoint.id, { samplesPerPrompt: 1 }));
    const { spent } = await askedBy(run.id);
    expect(spent).toMatchObject({ promptTokens: 10, answerTokens: 5 });
    expect(spent.unknownTokens).toBeGreaterThan(100);
    expect((await endpointNow(endpoint.id)).spent.tokens).toBe(15 + spent.unknownTokens);
  });
});

describe("a run whose worker dies", () => {
  it("asks nothing again but what was under way, and says so", async () => {
    const project = await projectWith(6);
    const endpoint = await newEndpoint({ limits: { atOnce: 1 } });
    const launch = await launched(project, endpoint.id);
    const held = await holdRun(api, database, launch.id);
    const lost = new AbortController();
    // The worker dies with a call under way: nothing of it is written down any more.
    address.behave = () => {
      if (address.asked.length < 5) return { kind: "answers" };
      lost.abort(new Error("killed"));
      return { kind: "silent" };
    };
    const spec = GenerateSpec.parse(held.run.spec);
    await expect(generate({ ...held, lost: lost.signal }, spec)).rejects.toThrow("killed");
    address.behave = () => ({ kind: "answers" });
    await database.db.run.update({ where: { id: launch.id }, data: { heartbeatAt: new Date(0) } });
    const run = await worked(launch);
    expect(run).toMatchObject({ state: "succeeded", step: 12, totalSteps: 12 });
    expect(run.alerts).toMatchObject([{ code: "endpoint_lost", values: { count: 1 } }]);
    expect([...address.times().values()].sort()).toEqual([...Array.from({ length: 11 }, () => 1), 2]);
    expect(await database.db.completion.count({ where: { runId: run.id } })).toBe(12);
    expect(await askedBy(run.id)).toMatchObject({ answered: 12, requests: 13, lost: 1 });
  });

  it("goes on where it was when it is told to stop, and lets what is under way arrive", async () => {
    const project = await projectWith(6);
    const endpoint = await newEndpoint({ limits: { atOnce: 2 } });
    const launch = await launched(project, endpoint.id);
    const services = await servicesOf(api, database, launch.id);
    const shutdown = new AbortController();
    address.takesMs = 30;
    address.behave = () => {
      if (address.asked.length >= 4) shutdown.abort();
      return { kind: "answers" };
    };
    await handleRun(services, { runId: launch.id }, shutdown.signal);
    expect((await runNow(launch.id)).state).toBe("queued");
    const run = await worked(launch);
    expect(run).toMatchObject({ state: "succeeded", step: 12, alerts: [] });
    expect([...address.times().values()].every((times) => times === 1)).toBe(true);
    expect(address.asked).toHaveLength(12);
  });
});

describe("the key of an endpoint", () => {
  it("is nowhere: not in the database, logs, files, exports, a copy of the project, the audit log or an answer", async () => {
    const logged: string[] = [];
    // All that the API logs goes to the process's standard output.
    vi.spyOn(fs, "writeSync").mockImplementation((_, text) => logged.push(String(text)));
    api.server.log.level = "trace";
    const project = await projectWith(2);
    const endpoint = await newEndpoint();
    const answers: string[] = [];
    const send = async (...request: Parameters<Visitor["send"]>) => {
      const { statusCode, body } = await admin.send(...request);
      answers.push(body);
      return statusCode;
    };
    // Where it is changed, written wrongly, refused, quoted and echoed.
    expect(await send("PATCH", `/api/endpoints/${endpoint.id}`, { key: `${key}X` })).toBe(200);
    const draft = { name: "x", baseUrl, model: "m", key: `${key}\n` };
    expect(await send("POST", "/api/endpoints", draft)).toBe(400);
    expect(await send("POST", "/api/endpoints", { ...draft, key, name: endpoint.name })).toBe(409);
    const services = { log: pino({ level: "trace" }, { write: (line) => logged.push(line) }) };
    const run = await worked(await launched(project, endpoint.id), services);
    for (const behaviour of [
      { kind: "status", status: 401, body: JSON.stringify({ error: { message: `Wrong key: ${key}X` } }) },
      { kind: "answers", text: `${key}X` },
      { kind: "dies" },
    ] as const) {
      address.behave = () => behaviour;
      expect(await send("POST", `/api/endpoints/${endpoint.id}/test`)).toBe(200);
      const failed = await worked(await launched(project, endpoint.id), services);
      expect(await send("GET", `/api/runs/${failed.id}`)).toBe(200);
      expect(await send("GET", `/api/runs/${failed.id}/asked`)).toBe(200);
    }
    const paths = ["/api/endpoints", `/api/runs/${run.id}`, `/api/runs/${run.id}/asked`, "/api/audit"];
    const exports = ExportFormat.options.map((format) => `/api/projects/${project}/exports?format=${format}`);
    for (const path of [...paths, ...exports]) expect([path, await send("GET", path)]).toEqual([path, 200]);
    const copy = await archiveOf(api, admin, project);
    const parts = [...(await unpacked(copy))].map(([name, part]) => (name.endsWith(".gz") ? gunzipSync(part) : part));
    const files = await filesBelow(api.filesDir);
    // Lines of one moment are written together.
    await expect.poll(() => logged.join()).toContain("archive/file");
    vi.mocked(fs.writeSync).mockRestore();
    api.server.log.level = "error";
    const looked = {
      answers: answers.join(),
      logs: logged.join(),
      copy: parts.join(),
      files,
      rows: await everything(),
    };
    for (const [where, text] of Object.entries(looked)) {
      expect(text.includes(key.slice(8)), where).toBe(false);
      expect(text.includes(Buffer.from(key).toString("base64").slice(0, 20)), where).toBe(false);
    }
    // What was looked through holds what it should hold.
    expect(looked.answers).toContain(endpoint.name);
    expect(looked.rows).toContain(endpoint.name);
    expect(looked.logs).toContain("run taken");
    expect(looked.copy).toContain("endpoint_call");
    expect(looked.copy).not.toContain(endpoint.name);
    expect(looked.files.length).toBeGreaterThan(copy.length - 1);
  });
});

describe("talking to the model behind an endpoint", () => {
  const question = [{ role: "user" as const, content: "Why tea?" }];
  const talk = (id: string, more: object = {}) =>
    admin.send("POST", `/api/endpoints/${id}/answers`, { messages: question, seed: 7, ...more });
  const eventsOf = (body: string): AnswerEvent[] =>
    body
      .trimEnd()
      .split("\n\n")
      .filter((event) => event !== "data: [DONE]")
      .map((event) => JSON.parse(event.slice("data: ".length)));
  const textOf = (events: readonly AnswerEvent[]) =>
    events.map((event) => (event.type === "said" ? event.text : "")).join("");

  it("streams what it says, asked once with what the page sets and what the endpoint has, and counts what it took", async () => {
    const sampling = { temperature: 0.7, topP: 0.9, topK: 5, maxNewTokens: 33, stop: ["END"] };
    const endpoint = await newEndpoint({ sampling });
    const response = await talk(endpoint.id, { sampling: { temperature: 0.2, topP: 0.5, maxNewTokens: 20 } });
    expect(response.statusCode, response.body).toBe(200);
    expect(response.headers["content-type"]).toMatch(/^text\/event-stream/);
    expect(response.body.endsWith("data: [DONE]\n\n")).toBe(true);
    const events = eventsOf(response.body);
    expect(textOf(events)).toBe("About Why tea?: 7.");
    expect(events.filter(({ type }) => type === "said").length).toBeGreaterThan(1);
    expect(events.at(-1)).toEqual({ type: "ended", finishReason: "stop", proof: null, promptTokens: 10, tokens: 5 });
    expect(address.asked).toMatchObject([
      {
        authorization: `Bearer ${key}`,
        body: { temperature: 0.2, top_p: 0.5, top_k: 5, max_tokens: 20, stop: ["END"], seed: 7, stream: true },
      },
    ]);
    expect((await endpointNow(endpoint.id)).spent).toEqual({ tokens: 15, money: 0 });
    expect(await database.db.endpointTalk.count({ where: { endpointId: endpoint.id, endedAt: null } })).toBe(0);
  });

  it("keeps within the budget, and says so before anything is asked", async () => {
    const endpoint = await newEndpoint({ limits: { tokens: 60 } });
    const refusal = await talk(endpoint.id);
    expect(refusal.statusCode).toBe(409);
    expect(refusal.json()).toMatchObject({ reason: "endpointBudget" });
    expect(address.asked).toEqual([]);
    expect((await endpointNow(endpoint.id)).spent.tokens).toBe(0);
    // The question takes 40 at most, and the answer 20.
    expect((await talk(endpoint.id, { sampling: { maxNewTokens: 20 } })).statusCode).toBe(200);
    expect((await endpointNow(endpoint.id)).spent.tokens).toBe(15);
  });

  it("counts an answer that broke off, or that an address does not count, with the most that it can have been", async () => {
    const most = 16 + 16 + Buffer.byteLength("Why tea?") + 20;
    for (const behaviour of [
      { kind: "streams", data: [JSON.stringify({ choices: [{ delta: { content: "Half" } }] })], end: "dies" },
      { kind: "answers", usage: false },
    ] satisfies Behaviour[]) {
      const endpoint = await newEndpoint();
      address.behave = () => behaviour;
      const response = await talk(endpoint.id, { sampling: { maxNewTokens: 20 } });
      const last = eventsOf(response.body).at(-1);
      if (behaviour.kind === "streams")
        expect(last).toMatchObject({ type: "failed", problem: { reason: "outgoingBrokeOff" } });
      else expect(last).toMatchObject({ type: "ended", tokens: null });
      expect((await endpointNow(endpoint.id)).spent.tokens).toBe(most);
    }
    expect(address.asked).toHaveLength(2);
  });

  it("gives back what was put by for a question that the address refused", async () => {
    const endpoint = await newEndpoint();
    address.behave = () => ({ kind: "status", status: 401 });
    const response = await talk(endpoint.id);
    expect(response.json()).toMatchObject({ reason: "endpointKeyRefused", values: { host: "127.0.0.1" } });
    expect((await endpointNow(endpoint.id)).spent.tokens).toBe(0);
    expect(response.body).not.toContain(key);
  });

  it("shares the limits of runs: at once, and a minute", async () => {
    const endpoint = await newEndpoint({ limits: { atOnce: 1, perMinute: 2 } });
    address.takesMs = 300;
    const first = talk(endpoint.id);
    await vi.waitFor(() => expect(address.asked).toHaveLength(1));
    expect((await talk(endpoint.id)).json()).toMatchObject({ reason: "endpointAtOnce", values: { limit: 1 } });
    expect((await first).statusCode).toBe(200);
    address.takesMs = 0;
    expect((await talk(endpoint.id)).statusCode).toBe(200);
    expect((await talk(endpoint.id)).json()).toMatchObject({ reason: "endpointPerMinute", values: { limit: 2 } });
    expect(address.asked).toHaveLength(2);
    // A run waits for its turn, and a talk that is long over keeps nobody waiting.
    await database.db.endpointTalk.updateMany({ data: { askedAt: new Date(Date.now() - 61_000) } });
    expect((await talk(endpoint.id)).statusCode).toBe(200);
  });

  it("is for those who may launch its runs, and for nobody of another workspace", async () => {
    const endpoint = await newEndpoint();
    const other = await newTenant(api.server, `bob-${++made}@example.org`);
    const body = { messages: question, seed: 7 };
    expect((await other.admin.send("POST", `/api/endpoints/${endpoint.id}/answers`, body)).statusCode).toBe(404);
    const last = [...question, { role: "assistant", content: "Because." }];
    expect((await talk(endpoint.id, { messages: last })).json()).toMatchObject({ reason: "servingLastTurn" });
    expect(address.asked).toEqual([]);
  });
});
