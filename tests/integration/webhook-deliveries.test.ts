import type { NoticeList } from "@touchstone/contracts";
import { claimDeliveries, recordDelivery, sweepWebhookDeliveries } from "@touchstone/persistence";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newProject } from "../harness/import-file.ts";
import { happens, hurry, openWebhookPlace, type WebhookPlace } from "../harness/webhook-place.ts";

/** What a sender asks that has nothing under way. */
const alone = { limit: 1, underWay: [] };

let place: WebhookPlace;
beforeAll(async () => {
  place = await openWebhookPlace();
});
afterEach(() => place.reset());
afterAll(() => place?.close());

describe("what did not arrive", () => {
  it("is sent again with the same id and body, later each time, as late as it is asked to", async () => {
    const project = await newProject(place.admin, "Failing", 1);
    const { webhook } = await place.made(project);
    await happens(place.db, project);
    place.receiver.answer = () => ({ status: 500, body: `broken: ${"é".repeat(2_000)}\0` });
    await place.sender().all();
    const [failed] = await place.deliveries(webhook.id);
    expect(failed).toMatchObject({ state: "waiting", status: 500, attempts: 1 });
    expect(failed?.answer).toMatch(/^broken: é+$/);
    expect(Buffer.byteLength(failed?.answer ?? "")).toBeLessThanOrEqual(1_024);
    expect(Date.parse(failed?.nextAt ?? "")).toBeGreaterThan(Date.parse(failed?.triedAt ?? ""));
    const [{ failingSince } = { failingSince: null }] = await place.webhooks(project);
    expect(failingSince).not.toBeNull();
    place.receiver.answer = () => ({ status: 503, headers: { "retry-after": "3600" } });
    await hurry(place.db);
    await place.sender().all();
    const [asked] = await place.deliveries(webhook.id);
    expect(Date.parse(asked?.nextAt ?? "") - Date.parse(asked?.triedAt ?? "")).toBeGreaterThanOrEqual(3_600_000);
    place.receiver.answer = () => ({ status: 204 });
    await hurry(place.db);
    await place.sender().all();
    expect(new Set(place.receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(place.receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await place.deliveries(webhook.id)).toMatchObject([
      { state: "delivered", status: 204, attempts: 3, nextAt: null },
    ]);
    expect(await place.webhooks(project)).toMatchObject([{ failingSince: null, waiting: 0 }]);
  });

  it("is given up after a day of attempts, and can be sent again by hand with the same id", async () => {
    const project = await newProject(place.admin, "Given up", 1);
    const { webhook } = await place.made(project);
    await happens(place.db, project);
    place.receiver.answer = () => ({ status: 500 });
    for (let attempt = 0; attempt < 11; attempt++) {
      await hurry(place.db);
      await place.sender().all();
    }
    const [given] = await place.deliveries(webhook.id);
    expect(given).toMatchObject({ state: "given_up", attempts: 11 });
    place.receiver.answer = () => ({ status: 200 });
    const again = await place.admin.send("POST", `/api/webhooks/${webhook.id}/deliveries/${given?.id}/again`);
    expect(again.json()).toMatchObject({ state: "waiting", attempts: 0, eventId: given?.eventId });
    await place.sender().all();
    expect(place.receiver.received.at(-1)?.headers["webhook-id"]).toBe(given?.eventId);
    expect(await place.deliveries(webhook.id)).toMatchObject([{ state: "delivered", attempts: 1 }]);
  });

  it("switches its address off after days, or at once when it says that it is gone, and the admins are told", async () => {
    const project = await newProject(place.admin, "Gone", 1);
    const gone = (await place.made(project, ["run.ended"])).webhook;
    const failing = (await place.made(project, ["run.ended"], `${place.url}&failing`)).webhook;
    await happens(place.db, project);
    const sixDaysAgo = new Date(Date.now() - 6 * 86_400_000);
    await place.db.webhook.update({ where: { id: failing.id }, data: { failingSince: sixDaysAgo } });
    place.receiver.answer = () => ({ status: 500 });
    await place.sender().all();
    // Not while an event still has attempts left.
    expect(await place.webhooks(project)).toMatchObject([{ off: null }, { off: null }]);
    await place.db.webhookDelivery.updateMany({ data: { attempts: 10 } });
    await happens(place.db, project);
    place.receiver.answer = ({ path }) => ({ status: path.endsWith("failing") ? 500 : 410 });
    await hurry(place.db);
    await place.sender().all();
    const told = await place.webhooks(project);
    expect(told).toMatchObject([
      { id: gone.id, off: { because: "gone" }, waiting: 0 },
      { id: failing.id, off: { because: "failing" }, waiting: 0 },
    ]);
    const { items } = (await place.admin.send("GET", "/api/notices")).json<NoticeList>();
    const host = new URL(place.url).host;
    const notices = items.filter(({ webhookHost }) => webhookHost !== null);
    expect(notices.map(({ project: name, webhookHost }) => [name, webhookHost])).toEqual([
      ["Gone", host],
      ["Gone", host],
    ]);
    const audit = (await place.admin.send("GET", "/api/audit?limit=200")).json<{
      items: { action: string; actor: unknown }[];
    }>();
    expect(audit.items.filter(({ action }) => action === "webhook.disabled").map(({ actor }) => actor)).toEqual([
      null,
      null,
    ]);
    // Nothing more is kept for them, and a hand can't send what nobody would take.
    await happens(place.db, project);
    const [kept] = await place.deliveries(gone.id);
    const again = await place.admin.send("POST", `/api/webhooks/${gone.id}/deliveries/${kept?.id}/again`);
    expect([again.statusCode, again.json<{ reason: string }>().reason]).toEqual([409, "webhookOff"]);
    const count = place.receiver.received.length;
    await place.sender().all();
    expect(place.receiver.received).toHaveLength(count);
    const on = await place.admin.send("PATCH", `/api/webhooks/${gone.id}`, { on: true });
    expect(on.json()).toMatchObject({ off: null, failingSince: null });
  });
});

describe("two senders", () => {
  it("never send the same at once, and each event arrives once", async () => {
    const project = await newProject(place.admin, "Two senders", 1);
    await place.made(project, ["run.ended"]);
    for (let n = 0; n < 30; n++) await happens(place.db, project);
    await Promise.all([place.sender().all(), place.sender().all(), place.sender().all()]);
    const ids = place.receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it("take over from one that died with it, and what it says afterwards counts for nothing", async () => {
    const project = await newProject(place.admin, "Died", 1);
    const { webhook } = await place.made(project, ["run.ended"]);
    await happens(place.db, project);
    const [taken] = await claimDeliveries(place.db, alone);
    expect(await claimDeliveries(place.db, alone)).toEqual([]);
    await hurry(place.db);
    await place.sender().all();
    expect(place.receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([taken?.eventId]);
    const late = { status: 500, fault: null, answer: "late", durationMs: 1, retryAfterMs: null };
    if (!taken) throw new Error("nothing was taken");
    expect(await recordDelivery(place.db, taken, late)).toBe(false);
    expect(await place.deliveries(webhook.id)).toMatchObject([{ state: "delivered", attempts: 2, status: 200 }]);
  });

  it("give up in the end what none of them lives to record", async () => {
    const project = await newProject(place.admin, "Deadly", 1);
    const { webhook } = await place.made(project, ["run.ended"]);
    await happens(place.db, project);
    for (let death = 1; death <= 11; death++) {
      expect(await claimDeliveries(place.db, alone)).toHaveLength(1);
      await sweepWebhookDeliveries(place.db);
      expect(await place.deliveries(webhook.id)).toMatchObject([{ state: "waiting", attempts: death }]);
      await hurry(place.db);
    }
    expect(await claimDeliveries(place.db, alone)).toEqual([]);
    await sweepWebhookDeliveries(place.db);
    expect(await place.deliveries(webhook.id)).toMatchObject([{ state: "given_up", attempts: 11 }]);
    expect(await place.webhooks(project)).toMatchObject([{ off: null, waiting: 0 }]);
  });
});

describe("a slow address", () => {
  it("holds a few of a sender's places, and others come before its backlog", async () => {
    const project = await newProject(place.admin, "Slow", 1);
    for (let n = 0; n < 4; n++) await place.made(project, ["run.ended"], `${place.url}&slow=${n}`);
    for (let n = 0; n < 10; n++) await happens(place.db, project);
    const slow = await claimDeliveries(place.db, { limit: 16, underWay: [] });
    expect(slow).toHaveLength(16);
    const { webhook } = await place.made(project, ["run.ended"], `${place.url}&quick`);
    await happens(place.db, project);
    const underWay = slow.slice(1).map(({ webhookId }) => webhookId);
    const [next] = await claimDeliveries(place.db, { limit: 1, underWay });
    expect(next?.webhookId).toBe(webhook.id);
    // A place is free, and only one address has not had its four.
    const after = await claimDeliveries(place.db, { limit: 16, underWay });
    expect(after.map(({ webhookId }) => webhookId)).toEqual([slow[0]?.webhookId]);
  });
});
