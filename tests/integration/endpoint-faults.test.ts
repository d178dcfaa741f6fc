import { setTimeout as sleep } from "node:timers/promises";
import { GenerateSpec } from "@touchstone/contracts";
import { FencedOffError } from "@touchstone/persistence";
import { describe, expect, it } from "vitest";
import { handleRun } from "../../apps/worker/src/handlers/run.ts";
import { generate } from "../../apps/worker/src/run/generate.ts";
import { askingPlace, endpointKey } from "../harness/asking-place.ts";
import { holdRun, servicesOf } from "../harness/held-run.ts";
import type { Behaviour } from "../harness/model-address.ts";

const place = askingPlace();

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
    const project = await place.projectWith(passing.length + 1);
    const endpoint = await place.newEndpoint({ limits: { atOnce: 64, seconds: 1 } });
    place.address.behave = ({ content }, before) =>
      (before === 0 ? passing[Number(content.split(" ")[1])] : undefined) ?? { kind: "answers" };
    const run = await place.worked(await place.launched(project, endpoint.id, { samplesPerPrompt: 2 }));
    expect(run).toMatchObject({ state: "succeeded", step: 14, alerts: [] });
    expect(await place.database.db.completion.count({ where: { runId: run.id } })).toBe(14);
    const asked = await place.askedBy(run.id);
    expect(asked).toMatchObject({ wanted: 14, answered: 14, failed: 0, requests: 26 });
    expect([...place.address.times().values()].sort()).toEqual([1, 1, ...Array.from({ length: 12 }, () => 2)]);
    const counts = Object.fromEntries(asked.faults.map(({ reason, count }) => [reason, count]));
    expect(counts).toMatchObject({ endpointBusy: 4, endpointBroken: 2, outgoingBrokeOff: 2 });
    expect(asked.faults.reduce((sum, { count }) => sum + count, 0)).toBe(12);
    expect(JSON.stringify(asked)).not.toContain(endpointKey);
  });

  it("for good is asked once for each: that answer is given up, the others go on, and the run says so", async () => {
    const lasting: readonly Behaviour[] = [
      { kind: "raw", body: "so sorry" },
      { kind: "endless", bytes: 5 * 2 ** 30 },
      { kind: "answers", text: "" },
      { kind: "status", status: 400 },
    ];
    const project = await place.projectWith(lasting.length + 2);
    const endpoint = await place.newEndpoint();
    place.address.behave = ({ content }) => lasting[Number(content.split(" ")[1])] ?? { kind: "answers" };
    const run = await place.worked(await place.launched(project, endpoint.id, { samplesPerPrompt: 1 }));
    expect(run).toMatchObject({ state: "succeeded", step: 6 });
    expect(run.alerts).toMatchObject([{ code: "endpoint_failed", values: { count: 4, total: 6 } }]);
    const asked = await place.askedBy(run.id);
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
    ["shows the key", { kind: "answers", text: endpointKey }, "endpointEchoesKey"],
    ["wants to be left alone for a day", { kind: "status", status: 429, retryAfter: 86_400 }, "endpointBusy"],
  ];
  it.each(fatal)("%s: nothing more is asked, and the run says why", async (_, behaviour, reason) => {
    const project = await place.projectWith(5);
    const endpoint = await place.newEndpoint({ limits: { atOnce: 1 } });
    place.address.behave = () => behaviour;
    const run = await place.worked(await place.launched(project, endpoint.id));
    expect(run).toMatchObject({ state: "failed", error: { code: "endpoint", reason } });
    expect(place.address.asked).toHaveLength(1);
    expect(JSON.stringify(run)).not.toContain(endpointKey);
  });

  it("is left alone after five answers in a row that it did not give, and what it gave before stays", async () => {
    const project = await place.projectWith(10);
    const endpoint = await place.newEndpoint({ limits: { atOnce: 1 } });
    place.address.behave = () =>
      place.address.asked.length <= 6 ? { kind: "answers" } : { kind: "status", status: 400 };
    const run = await place.worked(await place.launched(project, endpoint.id));
    expect(run.state).toBe("succeeded");
    expect(run.alerts).toMatchObject([
      { code: "endpoint_failed", values: { count: 5, total: 20 } },
      { code: "endpoint_stopped", values: { answered: 6, total: 20 } },
    ]);
    expect(place.address.asked).toHaveLength(11);
  });

  it("and is gone for a while is asked again where it was when it is there again", async () => {
    const { address } = place;
    const project = await place.projectWith(6);
    const endpoint = await place.newEndpoint({ limits: { atOnce: 1 } });
    const back: Promise<void>[] = [];
    address.behave = () => {
      if (address.asked.length === 5 && back.length === 0) {
        address.goAway();
        back.push(sleep(400).then(() => address.comeBack()));
      }
      return { kind: "answers" };
    };
    const run = await place.worked(await place.launched(project, endpoint.id));
    await Promise.all(back);
    expect(run).toMatchObject({ state: "succeeded", step: 12, alerts: [] });
    expect(await place.database.db.completion.count({ where: { runId: run.id } })).toBe(12);
    // The fifth was under way when it went; no other was asked twice.
    expect([...address.times().values()].sort()).toEqual([...Array.from({ length: 11 }, () => 1), 2]);
    const { faults, requests } = await place.askedBy(run.id);
    const unreachable = faults.find(({ reason }) => reason === "outgoingUnreachable");
    expect(unreachable?.count).toBeGreaterThan(0);
    expect(requests).toBe(13 + (unreachable?.count ?? 0));
  });

  it("and answers too late is asked three times, counted as the most that it can cost, and the run says why", async () => {
    const { address } = place;
    const project = await place.projectWith(1);
    const endpoint = await place.newEndpoint({ limits: { seconds: 1 } });
    address.takesMs = 1_300;
    const run = await place.worked(await place.launched(project, endpoint.id, { samplesPerPrompt: 1 }));
    // Its head and its whole have the same time.
    const reason = expect.stringMatching(/^outgoing(SlowAnswer|TooLong)$/);
    expect(run).toMatchObject({ state: "failed", error: { code: "endpoint", reason } });
    // It wrote three answers that nobody read, and bills them.
    await expect.poll(() => address.billed).toBe(45);
    expect((await place.endpointNow(endpoint.id)).spent.tokens).toBeGreaterThanOrEqual(address.billed);
    expect(await place.askedBy(run.id)).toMatchObject({ answered: 0, failed: 1, requests: 3 });
  });
});

describe("a run whose worker dies", () => {
  it("asks nothing again but what was under way, and says so", async () => {
    const project = await place.projectWith(6);
    const endpoint = await place.newEndpoint({ limits: { atOnce: 1 } });
    const launch = await place.launched(project, endpoint.id);
    const held = await holdRun(place.api, place.database, launch.id);
    const lost = new AbortController();
    // The worker dies with a call under way: nothing of it is written down any more.
    place.address.behave = () => {
      if (place.address.asked.length < 5) return { kind: "answers" };
      lost.abort(new Error("killed"));
      return { kind: "silent" };
    };
    const spec = GenerateSpec.parse(held.run.spec);
    await expect(generate({ ...held, lost: lost.signal }, spec)).rejects.toThrow("killed");
    place.address.behave = () => ({ kind: "answers" });
    await place.database.db.run.update({ where: { id: launch.id }, data: { heartbeatAt: new Date(0) } });
    const run = await place.worked(launch);
    expect(run).toMatchObject({ state: "succeeded", step: 12, totalSteps: 12 });
    expect(run.alerts).toMatchObject([{ code: "endpoint_lost", values: { count: 1 } }]);
    expect([...place.address.times().values()].sort()).toEqual([...Array.from({ length: 11 }, () => 1), 2]);
    expect(await place.database.db.completion.count({ where: { runId: run.id } })).toBe(12);
    expect(await place.askedBy(run.id)).toMatchObject({ answered: 12, requests: 13, lost: 1 });
  });

  it("asks nothing more when it was only taken for dead, and another has gone on meanwhile", async () => {
    const { address, database } = place;
    const project = await place.projectWith(6);
    const endpoint = await place.newEndpoint({ limits: { atOnce: 1 } });
    const launch = await place.launched(project, endpoint.id);
    const held = await holdRun(place.api, database, launch.id);
    let wake = () => {};
    const another = new Promise<void>((resolve) => {
      wake = resolve;
    });
    address.behave = () => (address.asked.length === 5 ? { kind: "answers", after: another } : { kind: "answers" });
    const sleeper = expect(generate(held, GenerateSpec.parse(held.run.spec))).rejects.toThrow(FencedOffError);
    await expect.poll(() => address.asked.length).toBe(5);
    await database.db.run.update({ where: { id: launch.id }, data: { heartbeatAt: new Date(0) } });
    const run = await place.worked(launch);
    expect(run).toMatchObject({ state: "succeeded", step: 12, totalSteps: 12 });
    expect(run.alerts).toMatchObject([{ code: "endpoint_lost", values: { count: 1 } }]);
    wake();
    await sleeper;
    expect(address.asked).toHaveLength(13);
    expect(await database.db.completion.count({ where: { runId: run.id } })).toBe(12);
    expect((await place.endpointNow(endpoint.id)).spent.tokens).toBeGreaterThanOrEqual(address.billed);
  });

  it("goes on where it was when it is told to stop, and lets what is under way arrive", async () => {
    const project = await place.projectWith(6);
    const endpoint = await place.newEndpoint({ limits: { atOnce: 2 } });
    const launch = await place.launched(project, endpoint.id);
    const services = await servicesOf(place.api, place.database, launch.id);
    const shutdown = new AbortController();
    place.address.takesMs = 30;
    place.address.behave = () => {
      if (place.address.asked.length >= 4) shutdown.abort();
      return { kind: "answers" };
    };
    await handleRun(services, { runId: launch.id }, shutdown.signal);
    expect((await place.runNow(launch.id)).state).toBe("queued");
    const run = await place.worked(launch);
    expect(run).toMatchObject({ state: "succeeded", step: 12, alerts: [] });
    expect([...place.address.times().values()].every((times) => times === 1)).toBe(true);
    expect(place.address.asked).toHaveLength(12);
  });
});
