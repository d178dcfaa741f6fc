import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { LeasedTask, NoticeList, WebhookDeliveryView, WebhookMade, WebhookView } from "@touchstone/contracts";
import { type OpenNetwork, OutgoingAllow, openOutgoing } from "@touchstone/outgoing";
import { claimDeliveries, recordDelivery } from "@touchstone/persistence";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openWebhookSender } from "../../apps/worker/src/webhooks/send-due.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let api: TestApi;
let admin: Visitor;
let annotator: Visitor;
/** What came to the receiver, and what it answers: 200 unless a test says otherwise. */
const received: Received[] = [];
let answer: (got: Received) => { status: number; body?: string; headers?: Record<string, string> };
const receiver = createServer(async (request, response) => {
  const got = { path: request.url ?? "", headers: request.headers, body: await text(request) };
  received.push(got);
  const { status, body = "", headers = {} } = answer(got);
  response.writeHead(status, headers).end(body);
});
let url: string;

beforeAll(async () => {
  api = await openApi({ TOUCHSTONE_OUTGOING_ALLOW: "127.0.0.1" });
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  annotator = await invite(admin, "annotator", "bob@example.org");
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?room=7`;
});
afterEach(async () => {
  received.length = 0;
  answer = () => ({ status: 200 });
  await db().webhook.deleteMany({});
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await api?.close();
});
answer = () => ({ status: 200 });

const db = () => api.server.database;
const all = ["judgement.created", "batch.full", "label_set.created", "run.ended"];

async function made(project: string, events: readonly string[] = all, to = url): Promise<WebhookMade> {
  const response = await admin.send("POST", `/api/projects/${project}/webhooks`, { url: to, events });
  expect(response.statusCode, response.body).toBe(201);
  return response.json<WebhookMade>();
}

function sender(allow: OpenNetwork = OutgoingAllow.parse("127.0.0.1"), options = {}) {
  const outgoing = openOutgoing({ allow });
  const opened = openWebhookSender({ db: db(), outgoing, log: { warn: vi.fn() } }, options);
  return {
    turn: opened.turn,
    async all() {
      for (;;) {
        await opened.turn();
        await opened.settled();
        if ((await db().webhookDelivery.count({ where: { state: "waiting", nextAt: { lte: new Date() } } })) === 0)
          break;
      }
      await outgoing.close();
    },
  };
}

/** As docs/webhooks.md has it. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return String(headers["webhook-signature"]).split(" ").includes(expected);
}

const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ prompt: `Which ${n}?`, completions: ["A", "B"] }));

async function judge(project: string): Promise<string> {
  const claimed = await annotator.send("POST", `/api/work/${project}/claims`, { count: 1 });
  const [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
  if (!task) throw new Error("no task");
  const sent = await annotator.send("POST", "/api/judgements", submissionFor(task));
  return sent.json<{ judgementId: string }>().judgementId;
}

const deliveries = async (id: string) =>
  (await admin.send("GET", `/api/webhooks/${id}/deliveries`)).json<{ items: WebhookDeliveryView[] }>().items;
const webhooks = async (project: string) =>
  (await admin.send("GET", `/api/projects/${project}/webhooks`)).json<{ items: WebhookView[] }>().items;
/** One event that waits for its address. */
const happens = (project: string) => db().$executeRaw`
  SELECT webhook_event(${project}::uuid, uuidv7(), 'run.ended', now(), '{"runId": "one"}')`;
const hurry = () => db().webhookDelivery.updateMany({ where: { state: "waiting" }, data: { nextAt: new Date(0) } });

describe("what happens in a project", () => {
  it("is told, signed, to whoever asked for it, with ids and no name of anybody", async () => {
    const project = await newProject(admin, "Told", 1);
    await importFile(admin, project, { format: "prompts" }, rows(2));
    const { webhook, secret } = await made(project);
    const quiet = await made(project, ["run.ended"], `${url}&quiet`);

    const first = await judge(project);
    const undone = await annotator.send("POST", `/api/judgements/${first}/undo`, {
      idempotencyKey: crypto.randomUUID(),
    });
    expect(undone.statusCode, undone.body).toBeLessThan(300);
    const task = undone.json<LeasedTask>();
    await annotator.send("POST", "/api/judgements", submissionFor(task));
    const last = await judge(project);
    const { leaseId: _i, leaseToken: _t, ...said } = submissionFor(task, { answer: { choice: "graded", step: 3 } });
    const corrected = await annotator.send("POST", `/api/judgements/${last}/correct`, said);
    expect(corrected.statusCode, corrected.body).toBeLessThan(300);
    const set = await admin.send("POST", `/api/projects/${project}/label-sets`, { selection: { filter: {} } });
    const scope = {
      workspaceId: (await db().project.findUniqueOrThrow({ where: { id: project } })).workspaceId,
      projectId: project,
    };
    const run = await db().run.create({ data: { ...scope, kind: "reward", name: "One", spec: {}, seed: 1 } });
    expect((await admin.send("POST", `/api/runs/${run.id}/cancel`)).statusCode).toBe(200);
    // Votes of a file and simulated ones are no news.
    await importFile(admin, project, { format: "trl-preference" }, [
      { prompt: "Why?", chosen: "So.", rejected: "No." },
    ]);

    await vi.waitUntil(async () => (await db().webhookDelivery.count({ where: { webhookId: webhook.id } })) >= 7);
    await sender().all();
    const told = received.filter(({ headers }) => headers["webhook-id"] !== undefined);
    const got = told.map(
      ({ body }) => JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> },
    );
    const ofFirst = (type: string) => got.filter((one) => one.type === type).map(({ data }) => data);
    expect(ofFirst("judgement.created").map(({ kind, supersedesId }) => [kind, supersedesId])).toEqual(
      expect.arrayContaining([
        ["answer", null],
        ["retraction", first],
        ["answer", null],
        ["answer", null],
        ["answer", last],
      ]),
    );
    expect(ofFirst("judgement.created")).toHaveLength(5);
    expect(ofFirst("batch.full")).toEqual([
      expect.objectContaining({ projectId: project, batch: 100, tasks: 2, judgements: 2 }),
    ]);
    expect(ofFirst("label_set.created")).toEqual([
      expect.objectContaining({
        projectId: project,
        labelSetId: set.json<{ id: string }>().id,
        counts: expect.any(Object),
      }),
    ]);
    const ended = {
      projectId: project,
      runId: run.id,
      number: run.number,
      kind: "reward",
      state: "cancelled",
      modelId: null,
    };
    // One for each of the two addresses, and the same event.
    expect(ofFirst("run.ended")).toEqual([ended, ended]);
    const ids = told.filter(({ body }) => body.includes("run.ended")).map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(1);
    expect(told.every((one) => isSigned(one, secret) !== isSigned(one, quiet.secret))).toBe(true);
    expect(told.filter((one) => isSigned(one, quiet.secret))).toHaveLength(1);
    expect(told.every(({ headers }) => headers["content-type"] === "application/json")).toBe(true);
    const seconds = told.map(({ headers }) => Date.now() / 1000 - Number(headers["webhook-timestamp"]));
    expect(seconds.every((ago) => ago >= -1 && ago < 60)).toBe(true);
    expect(JSON.stringify(got)).not.toMatch(/\b(?:bob|ada)\b|example\.org/i);
    expect(
      (await deliveries(webhook.id)).every(
        ({ state, status, attempts }) => state === "delivered" && status === 200 && attempts === 1,
      ),
    ).toBe(true);
  });

  it("is told of nothing where nobody asked, and of nothing before", async () => {
    const project = await newProject(admin, "Untold", 1);
    await importFile(admin, project, { format: "prompts" }, rows(2));
    await judge(project);
    await vi.waitUntil(async () => (await db().outbox.count({ where: { topic: "judged", key: project } })) === 0);
    const { webhook } = await made(project, ["run.ended"]);
    await judge(project);
    await vi.waitUntil(async () => (await db().outbox.count({ where: { topic: "judged", key: project } })) === 0);
    expect(await deliveries(webhook.id)).toEqual([]);
  });
});

describe("a secret", () => {
  it("stands in the answer that makes it and nowhere else, and the former one signs for a day beside a new one", async () => {
    const project = await newProject(admin, "Secrets", 1);
    const { webhook, secret } = await made(project);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const rotated = (await admin.send("POST", `/api/webhooks/${webhook.id}/secret`)).json<WebhookMade>();
    expect(rotated.secret).not.toBe(secret);
    await happens(project);
    await sender().all();
    expect(received.map((one) => [isSigned(one, secret), isSigned(one, rotated.secret)])).toEqual([[true, true]]);
    await db().webhook.updateMany({ data: { formerUntil: new Date(0) } });
    await happens(project);
    await sender().all();
    expect(received.slice(1).map((one) => [isSigned(one, secret), isSigned(one, rotated.secret)])).toEqual([
      [false, true],
    ]);

    const answers = await Promise.all([
      admin.send("GET", `/api/projects/${project}/webhooks`),
      admin.send("PATCH", `/api/webhooks/${webhook.id}`, { events: ["run.ended"] }),
      admin.send("POST", `/api/webhooks/${webhook.id}/test`),
      admin.send("GET", `/api/webhooks/${webhook.id}/deliveries`),
      admin.send("GET", "/api/audit?limit=200"),
      admin.send("GET", `/api/projects/${project}/file`),
    ]);
    for (const { statusCode, body } of answers) {
      expect([statusCode, body]).toEqual([200, expect.not.stringContaining("whsec_")]);
    }
    // The path may be a secret too: the audit has the host alone.
    expect(answers[4]?.body).not.toContain("room=7");
    expect(answers[4]?.body).toContain("webhook.secretRotated");
  });
});

describe("an address", () => {
  it("in a network that is not public is refused when it is named, and again when it is sent to", async () => {
    const project = await newProject(admin, "Private", 1);
    for (const wrong of [
      "http://10.0.0.1/",
      "http://169.254.169.254/latest",
      "http://[::1]/",
      "ftp://example.org/",
      "x",
    ]) {
      const refused = await admin.send("POST", `/api/projects/${project}/webhooks`, { url: wrong, events: all });
      expect([wrong, refused.statusCode]).toEqual([wrong, 422]);
      expect(refused.json()).toMatchObject({ issues: [{ path: "url", reason: expect.stringMatching(/^outgoing/) }] });
    }
    const { webhook } = await made(project);
    const moved = await admin.send("PATCH", `/api/webhooks/${webhook.id}`, { url: "http://192.168.0.1/" });
    expect(moved.statusCode).toBe(422);
    await happens(project);
    await sender([]).all();
    expect(received).toEqual([]);
    expect(await deliveries(webhook.id)).toMatchObject([
      {
        state: "waiting",
        attempts: 1,
        status: null,
        fault: { reason: "outgoingPrivate", values: { host: "127.0.0.1" } },
      },
    ]);
  });

  it("that redirects is not followed", async () => {
    const project = await newProject(admin, "Redirected", 1);
    const { webhook } = await made(project);
    answer = () => ({ status: 302, headers: { location: url } });
    await happens(project);
    await sender().all();
    expect(received).toHaveLength(1);
    expect(await deliveries(webhook.id)).toMatchObject([{ state: "waiting", status: 302 }]);
  });
});

describe("what did not arrive", () => {
  it("is sent again with the same id and body, later each time, as late as it is asked to", async () => {
    const project = await newProject(admin, "Failing", 1);
    const { webhook } = await made(project);
    await happens(project);
    answer = () => ({ status: 500, body: `broken: ${"é".repeat(2_000)}\0` });
    await sender().all();
    const [failed] = await deliveries(webhook.id);
    expect(failed).toMatchObject({ state: "waiting", status: 500, attempts: 1 });
    expect(failed?.answer).toMatch(/^broken: é+$/);
    expect(Buffer.byteLength(failed?.answer ?? "")).toBeLessThanOrEqual(1_024);
    expect(Date.parse(failed?.nextAt ?? "")).toBeGreaterThan(Date.now());
    const [{ failingSince } = { failingSince: null }] = await webhooks(project);
    expect(failingSince).not.toBeNull();
    answer = () => ({ status: 503, headers: { "retry-after": "3600" } });
    await hurry();
    await sender().all();
    const [asked] = await deliveries(webhook.id);
    expect(Date.parse(asked?.nextAt ?? "")).toBeGreaterThan(Date.now() + 3_500_000);
    answer = () => ({ status: 204 });
    await hurry();
    await sender().all();
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(await deliveries(webhook.id)).toMatchObject([
      { state: "delivered", status: 204, attempts: 3, nextAt: null },
    ]);
    expect(await webhooks(project)).toMatchObject([{ failingSince: null, waiting: 0 }]);
  });

  it("is given up after a day of attempts, and can be sent again by hand with the same id", async () => {
    const project = await newProject(admin, "Given up", 1);
    const { webhook } = await made(project);
    await happens(project);
    answer = () => ({ status: 500 });
    for (let attempt = 0; attempt < 11; attempt++) {
      await hurry();
      await sender().all();
    }
    const [given] = await deliveries(webhook.id);
    expect(given).toMatchObject({ state: "given_up", attempts: 11 });
    answer = () => ({ status: 200 });
    const again = await admin.send("POST", `/api/webhooks/${webhook.id}/deliveries/${given?.id}/again`);
    expect(again.json()).toMatchObject({ state: "waiting", attempts: 0, eventId: given?.eventId });
    await sender().all();
    expect(received.at(-1)?.headers["webhook-id"]).toBe(given?.eventId);
    expect(await deliveries(webhook.id)).toMatchObject([{ state: "delivered", attempts: 1 }]);
  });

  it("switches its address off after days, or at once when it says that it is gone, and the admins are told", async () => {
    const project = await newProject(admin, "Gone", 1);
    const gone = (await made(project, ["run.ended"])).webhook;
    const failing = (await made(project, ["run.ended"], `${url}&failing`)).webhook;
    await happens(project);
    const sixDaysAgo = new Date(Date.now() - 6 * 86_400_000);
    await db().webhook.update({ where: { id: failing.id }, data: { failingSince: sixDaysAgo } });
    answer = () => ({ status: 500 });
    await sender().all();
    // Not while an event still has attempts left.
    expect(await webhooks(project)).toMatchObject([{ off: null }, { off: null }]);
    await db().webhookDelivery.updateMany({ data: { attempts: 10 } });
    await happens(project);
    answer = ({ path }) => ({ status: path.endsWith("failing") ? 500 : 410 });
    await hurry();
    await sender().all();
    const told = await webhooks(project);
    expect(told).toMatchObject([
      { id: gone.id, off: { because: "gone" }, waiting: 0 },
      { id: failing.id, off: { because: "failing" }, waiting: 0 },
    ]);
    const { items } = (await admin.send("GET", "/api/notices")).json<NoticeList>();
    const host = new URL(url).host;
    const notices = items.filter(({ webhookHost }) => webhookHost !== null);
    expect(notices.map(({ project: name, webhookHost }) => [name, webhookHost])).toEqual([
      ["Gone", host],
      ["Gone", host],
    ]);
    const audit = (await admin.send("GET", "/api/audit?limit=200")).json<{
      items: { action: string; actor: unknown }[];
    }>();
    expect(audit.items.filter(({ action }) => action === "webhook.disabled").map(({ actor }) => actor)).toEqual([
      null,
      null,
    ]);
    // Nothing more is kept for them, and a hand can't send what nobody would take.
    await happens(project);
    const [kept] = await deliveries(gone.id);
    const again = await admin.send("POST", `/api/webhooks/${gone.id}/deliveries/${kept?.id}/again`);
    expect([again.statusCode, again.json<{ reason: string }>().reason]).toEqual([409, "webhookOff"]);
    const count = received.length;
    await sender().all();
    expect(received).toHaveLength(count);
    const on = await admin.send("PATCH", `/api/webhooks/${gone.id}`, { on: true });
    expect(on.json()).toMatchObject({ off: null, failingSince: null });
  });
});

describe("two senders", () => {
  it("never send the same at once, and each event arrives once", async () => {
    const project = await newProject(admin, "Two senders", 1);
    await made(project, ["run.ended"]);
    for (let n = 0; n < 30; n++) await happens(project);
    await Promise.all([sender().all(), sender().all(), sender().all()]);
    const ids = received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it("take over from one that died with it, and what it says afterwards counts for nothing", async () => {
    const project = await newProject(admin, "Died", 1);
    const { webhook } = await made(project, ["run.ended"]);
    await happens(project);
    const [taken] = await claimDeliveries(db(), { limit: 1, busy: [], seconds: 0.2 });
    expect(await claimDeliveries(db(), { limit: 1, busy: [] })).toEqual([]);
    await vi.waitUntil(async () => {
      await sender().all();
      return received.length > 0;
    });
    expect(received.map(({ headers }) => headers["webhook-id"])).toEqual([taken?.eventId]);
    const late = { status: 500, fault: null, answer: "late", durationMs: 1, retryAfterMs: null };
    if (!taken) throw new Error("nothing was taken");
    expect(await recordDelivery(db(), taken, late)).toBe(false);
    expect(await deliveries(webhook.id)).toMatchObject([{ state: "delivered", attempts: 2, status: 200 }]);
  });
});

describe("a test event", () => {
  it("is sent at once, once, and says what became of it, also while the address is off", async () => {
    const project = await newProject(admin, "Tested", 1);
    const { webhook, secret } = await made(project);
    await admin.send("PATCH", `/api/webhooks/${webhook.id}`, { on: false });
    const test = async () => (await admin.send("POST", `/api/webhooks/${webhook.id}/test`)).json<WebhookDeliveryView>();
    expect(await test()).toMatchObject({ type: "webhook.test", state: "delivered", status: 200, attempts: 1 });
    expect(received.map((one) => isSigned(one, secret))).toEqual([true]);
    answer = () => ({ status: 401, body: "who are you?" });
    expect(await test()).toMatchObject({ state: "given_up", status: 401, answer: "who are you?", nextAt: null });
    await admin.send("PATCH", `/api/webhooks/${webhook.id}`, { on: true });
    await sender().all();
    expect(received).toHaveLength(2);
    expect(await webhooks(project)).toMatchObject([{ failingSince: null }]);
  });
});

describe("the webhooks of a project", () => {
  it("are ten at most, and of a project alone", async () => {
    const project = await newProject(admin, "Many", 1);
    for (let n = 0; n < 10; n++) await made(project);
    const one = await admin.send("POST", `/api/projects/${project}/webhooks`, { url, events: all });
    expect([one.statusCode, one.json<{ reason: string }>().reason]).toEqual([409, "tooManyWebhooks"]);
    const none = await admin.send("POST", `/api/projects/${project}/webhooks`, { url, events: [] });
    expect([none.statusCode, none.json<{ issues: { path: string }[] }>().issues[0]?.path]).toEqual([422, "events"]);
  });

  it("go with it, and tell nothing from the moment it is deleted", async () => {
    const project = await newProject(admin, "Doomed", 1);
    const { webhook } = await made(project);
    await happens(project);
    const { stamp } = (await admin.send("GET", `/api/projects/${project}/dependants`)).json<{ stamp: string }>();
    const deletion = await admin.send("POST", `/api/projects/${project}/deletion`, { name: "Doomed", stamp });
    expect(deletion.statusCode, deletion.body).toBe(202);
    await sender().turn();
    await vi.waitUntil(async () => (await db().webhook.count({ where: { id: webhook.id } })) === 0, {
      timeout: 20_000,
    });
    expect(await db().webhookDelivery.count({ where: { webhookId: webhook.id } })).toBe(0);
    expect(received).toEqual([]);
  });
});
