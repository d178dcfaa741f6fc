import type { LeasedTask, WebhookDeliveryView, WebhookMade } from "@touchstone/contracts";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { allEvents, happens, isSigned, openWebhookPlace, type WebhookPlace } from "../harness/webhook-place.ts";

let place: WebhookPlace;
beforeAll(async () => {
  place = await openWebhookPlace();
});
afterEach(() => place.reset());
afterAll(() => place?.close());

const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ prompt: `Which ${n}?`, completions: ["A", "B"] }));

/** Judgements are told of by a process that looks twice a second. */
const patiently = { timeout: 20_000 };
const untilTold = (project: string) =>
  vi.waitUntil(
    async () => (await place.db.outbox.count({ where: { topic: "judged", key: project } })) === 0,
    patiently,
  );

async function judge(project: string): Promise<string> {
  const claimed = await place.annotator.send("POST", `/api/work/${project}/claims`, { count: 1 });
  const [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
  if (!task) throw new Error("no task");
  const sent = await place.annotator.send("POST", "/api/judgements", submissionFor(task));
  return sent.json<{ judgementId: string }>().judgementId;
}

describe("what happens in a project", () => {
  it("is told, signed, to whoever asked for it, with ids and no name of anybody", async () => {
    const project = await newProject(place.admin, "Told", 1);
    await importFile(place.admin, project, { format: "prompts" }, rows(2));
    const { webhook, secret } = await place.made(project);
    const quiet = await place.made(project, ["run.ended"], `${place.url}&quiet`);

    const first = await judge(project);
    const undone = await place.annotator.send("POST", `/api/judgements/${first}/undo`, {
      idempotencyKey: crypto.randomUUID(),
    });
    expect(undone.statusCode, undone.body).toBeLessThan(300);
    const task = undone.json<LeasedTask>();
    await place.annotator.send("POST", "/api/judgements", submissionFor(task));
    const last = await judge(project);
    const { leaseId: _i, leaseToken: _t, ...said } = submissionFor(task, { answer: { choice: "graded", step: 3 } });
    const corrected = await place.annotator.send("POST", `/api/judgements/${last}/correct`, said);
    expect(corrected.statusCode, corrected.body).toBeLessThan(300);
    const set = await place.admin.send("POST", `/api/projects/${project}/label-sets`, { selection: { filter: {} } });
    const scope = {
      workspaceId: (await place.db.project.findUniqueOrThrow({ where: { id: project } })).workspaceId,
      projectId: project,
    };
    const run = await place.db.run.create({ data: { ...scope, kind: "reward", name: "One", spec: {}, seed: 1 } });
    expect((await place.admin.send("POST", `/api/runs/${run.id}/cancel`)).statusCode).toBe(200);
    // Votes of a file and simulated ones are no news.
    await importFile(place.admin, project, { format: "trl-preference" }, [
      { prompt: "Why?", chosen: "So.", rejected: "No." },
    ]);

    // Five of judgements, and one of each other kind.
    await vi.waitUntil(
      async () => (await place.db.webhookDelivery.count({ where: { webhookId: webhook.id } })) === 8,
      patiently,
    );
    await place.sender().all();
    const told = place.receiver.received.filter(({ headers }) => headers["webhook-id"] !== undefined);
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
      (await place.deliveries(webhook.id)).every(
        ({ state, status, attempts }) => state === "delivered" && status === 200 && attempts === 1,
      ),
    ).toBe(true);
  });

  it("is told of nothing where nobody asked, and of nothing before", async () => {
    const project = await newProject(place.admin, "Untold", 1);
    await importFile(place.admin, project, { format: "prompts" }, rows(2));
    await judge(project);
    await untilTold(project);
    const { webhook } = await place.made(project, ["run.ended"]);
    await judge(project);
    await untilTold(project);
    expect(await place.deliveries(webhook.id)).toEqual([]);
  });
});

describe("a secret", () => {
  it("stands in the answer that makes it and nowhere else, and the former one signs for a day beside a new one", async () => {
    const project = await newProject(place.admin, "Secrets", 1);
    const { webhook, secret } = await place.made(project);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const rotated = (await place.admin.send("POST", `/api/webhooks/${webhook.id}/secret`)).json<WebhookMade>();
    expect(rotated.secret).not.toBe(secret);
    await happens(place.db, project);
    await place.sender().all();
    expect(place.receiver.received.map((one) => [isSigned(one, secret), isSigned(one, rotated.secret)])).toEqual([
      [true, true],
    ]);
    await place.db.webhook.updateMany({ data: { formerUntil: new Date(0) } });
    await happens(place.db, project);
    await place.sender().all();
    expect(
      place.receiver.received.slice(1).map((one) => [isSigned(one, secret), isSigned(one, rotated.secret)]),
    ).toEqual([[false, true]]);
    // Changed twice within a day, the one that got out no longer signs.
    const secrets = [rotated.secret];
    for (let times = 0; times < 2; times++) {
      const changed = await place.admin.send("POST", `/api/webhooks/${webhook.id}/secret`);
      secrets.push(changed.json<WebhookMade>().secret);
    }
    await happens(place.db, project);
    await place.sender().all();
    const [last] = place.receiver.received.slice(-1);
    expect(secrets.map((one) => last && isSigned(last, one))).toEqual([false, true, true]);

    const answers = await Promise.all([
      place.admin.send("GET", `/api/projects/${project}/webhooks`),
      place.admin.send("PATCH", `/api/webhooks/${webhook.id}`, { events: ["run.ended"] }),
      place.admin.send("POST", `/api/webhooks/${webhook.id}/test`),
      place.admin.send("GET", `/api/webhooks/${webhook.id}/deliveries`),
      place.admin.send("GET", "/api/audit?limit=200"),
      place.admin.send("GET", `/api/projects/${project}/file`),
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
    const project = await newProject(place.admin, "Private", 1);
    for (const wrong of [
      "http://10.0.0.1/",
      "http://169.254.169.254/latest",
      "http://[::1]/",
      "ftp://example.org/",
      "x",
    ]) {
      const refused = await place.admin.send("POST", `/api/projects/${project}/webhooks`, {
        url: wrong,
        events: allEvents,
      });
      expect([wrong, refused.statusCode]).toEqual([wrong, 422]);
      expect(refused.json()).toMatchObject({ issues: [{ path: "url", reason: expect.stringMatching(/^outgoing/) }] });
    }
    const { webhook } = await place.made(project);
    const moved = await place.admin.send("PATCH", `/api/webhooks/${webhook.id}`, { url: "http://192.168.0.1/" });
    expect(moved.statusCode).toBe(422);
    await happens(place.db, project);
    await place.sender([]).all();
    expect(place.receiver.received).toEqual([]);
    expect(await place.deliveries(webhook.id)).toMatchObject([
      {
        state: "waiting",
        attempts: 1,
        status: null,
        fault: { reason: "outgoingPrivate", values: { host: "127.0.0.1" } },
      },
    ]);
  });

  it("that redirects is not followed", async () => {
    const project = await newProject(place.admin, "Redirected", 1);
    const { webhook } = await place.made(project);
    place.receiver.answer = () => ({ status: 302, headers: { location: place.url } });
    await happens(place.db, project);
    await place.sender().all();
    expect(place.receiver.received).toHaveLength(1);
    expect(await place.deliveries(webhook.id)).toMatchObject([{ state: "waiting", status: 302 }]);
  });
});

describe("a test event", () => {
  it("is sent at once, once, and says what became of it, also while the address is off", async () => {
    const project = await newProject(place.admin, "Tested", 1);
    const { webhook, secret } = await place.made(project);
    await place.admin.send("PATCH", `/api/webhooks/${webhook.id}`, { on: false });
    const test = async () =>
      (await place.admin.send("POST", `/api/webhooks/${webhook.id}/test`)).json<WebhookDeliveryView>();
    expect(await test()).toMatchObject({ type: "webhook.test", state: "delivered", status: 200, attempts: 1 });
    expect(place.receiver.received.map((one) => isSigned(one, secret))).toEqual([true]);
    place.receiver.answer = () => ({ status: 401, body: "who are you?" });
    expect(await test()).toMatchObject({ state: "given_up", status: 401, answer: "who are you?", nextAt: null });
    await place.admin.send("PATCH", `/api/webhooks/${webhook.id}`, { on: true });
    await place.sender().all();
    expect(place.receiver.received).toHaveLength(2);
    expect(await place.webhooks(project)).toMatchObject([{ failingSince: null }]);
  });
});

describe("the webhooks of a project", () => {
  it("are ten at most, and of a project alone", async () => {
    const project = await newProject(place.admin, "Many", 1);
    for (let n = 0; n < 10; n++) await place.made(project);
    const one = await place.admin.send("POST", `/api/projects/${project}/webhooks`, {
      url: place.url,
      events: allEvents,
    });
    expect([one.statusCode, one.json<{ reason: string }>().reason]).toEqual([409, "tooManyWebhooks"]);
    const none = await place.admin.send("POST", `/api/projects/${project}/webhooks`, { url: place.url, events: [] });
    expect([none.statusCode, none.json<{ issues: { path: string }[] }>().issues[0]?.path]).toEqual([422, "events"]);
  });

  it("go with it, and tell nothing from the moment it is deleted", async () => {
    const project = await newProject(place.admin, "Doomed", 1);
    const { webhook } = await place.made(project);
    await happens(place.db, project);
    const { stamp } = (await place.admin.send("GET", `/api/projects/${project}/dependants`)).json<{ stamp: string }>();
    const deletion = await place.admin.send("POST", `/api/projects/${project}/deletion`, { name: "Doomed", stamp });
    expect(deletion.statusCode, deletion.body).toBe(202);
    await place.sender().turn();
    await vi.waitUntil(async () => (await place.db.webhook.count({ where: { id: webhook.id } })) === 0, patiently);
    expect(await place.db.webhookDelivery.count({ where: { webhookId: webhook.id } })).toBe(0);
    expect(place.receiver.received).toEqual([]);
  });
});
