import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { EndpointTestView } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { handleRun } from "../../apps/worker/src/handlers/run.ts";
import { askingPlace, endpointKey } from "../harness/asking-place.ts";
import { servicesOf } from "../harness/held-run.ts";
import { newProject } from "../harness/import-file.ts";
import type { Behaviour } from "../harness/model-address.ts";
import { newTenant } from "../harness/visitor.ts";

const place = askingPlace();

describe("an endpoint", () => {
  it("is asked for candidates, each with a seed of its own, and people are asked about them", async () => {
    const project = await place.projectWith(3);
    const endpoint = await place.newEndpoint({
      sampling: { temperature: 0.7, topP: 0.9, maxNewTokens: 33, stop: ["END"] },
    });
    const run = await place.worked(await place.launched(project, endpoint.id, { samplesPerPrompt: 4 }));
    expect(run).toMatchObject({ state: "succeeded", step: 12, totalSteps: 12, endpointId: endpoint.id, alerts: [] });
    expect(place.address.asked).toHaveLength(12);
    expect(new Set(place.address.asked.map(({ body }) => body.seed)).size).toBe(12);
    expect(place.address.asked[0]).toMatchObject({
      authorization: `Bearer ${endpointKey}`,
      body: { model: "tiny-1", temperature: 0.7, top_p: 0.9, max_tokens: 33, stop: ["END"], stream: false },
    });
    const answers = await place.database.db.completion.findMany({ where: { runId: run.id } });
    expect(answers).toHaveLength(12);
    for (const { text, seed, finishReason, sampling, metadata } of answers) {
      expect(text).toMatch(new RegExp(`: ${seed}\\.$`));
      expect({ finishReason, metadata }).toEqual({ finishReason: "stop", metadata: { model: "tiny-1" } });
      expect(sampling).toMatchObject({ temperature: 0.7, topP: 0.9, maxNewTokens: 33 });
    }
    expect(await place.database.db.task.count({ where: { projectId: project } })).toBe(6);
    expect(await place.database.db.endpointCall.count({ where: { text: { not: null } } })).toBe(0);
    expect(await place.askedBy(run.id)).toMatchObject({
      endpoint: { id: endpoint.id, model: "tiny-1" },
      ...{ wanted: 12, answered: 12, failed: 0, requests: 12, lost: 0, faults: [], selfNamed: 0 },
      finishReasons: [{ reason: "stop", count: 12 }],
      lengths: { median: 5, p90: 5, longest: 5 },
      spent: { promptTokens: 120, answerTokens: 60, unknownTokens: 0 },
    });
    expect((await place.endpointNow(endpoint.id)).spent).toEqual({ tokens: place.address.billed, money: 0 });
  });

  it("asks the same for the same run again, and other answers for another seed", async () => {
    const project = await place.projectWith(2);
    const endpoint = await place.newEndpoint();
    const first = await place.launched(project, endpoint.id);
    await place.worked(first);
    const seeds = () => place.address.asked.map(({ body }) => body.seed).sort();
    const before = seeds();
    place.address.reset();
    await place.worked(await place.launched(project, endpoint.id));
    expect(seeds()).toEqual(before);
    place.address.reset();
    await place.worked(await place.launched(project, endpoint.id, {}, 2));
    expect(seeds().filter((seed) => before.includes(seed))).toEqual([]);
  });

  it("flags answers that say what they are before people see them, and asks about them only where that is wished", async () => {
    const project = await place.projectWith(2);
    const endpoint = await place.newEndpoint();
    place.address.behave = ({ content, body }) => ({
      kind: "answers",
      text: content.startsWith("Question 0") ? `As ChatGPT, I can't (${body.seed}).` : `Plain ${body.seed}.`,
    });
    const run = await place.worked(await place.launched(project, endpoint.id, { samplesPerPrompt: 2 }));
    expect(run.alerts).toMatchObject([
      { code: "self_named", level: "warning", values: { count: 2, names: "ChatGPT" } },
    ]);
    const marked = await place.database.db.completion.findMany({
      where: { runId: run.id, metadata: { path: ["namesItself"], equals: ["ChatGPT"] } },
    });
    expect(marked).toHaveLength(2);
    expect(await place.database.db.task.count({ where: { projectId: project } })).toBe(1);
    expect((await place.askedBy(run.id)).selfNamed).toBe(2);
    const wished = await place.worked(await place.launched(project, endpoint.id, { selfNamed: "ask" }));
    expect(wished.alerts).toMatchObject([{ code: "self_named_asked" }]);
    expect(await place.database.db.task.count({ where: { projectId: project } })).toBe(3);
  });

  it("says what became of one short question", async () => {
    const endpoint = await place.newEndpoint();
    const test = async () =>
      (await place.admin.send("POST", `/api/endpoints/${endpoint.id}/test`)).json<EndpointTestView>();
    place.address.behave = () => ({ kind: "answers", text: "Hello." });
    expect(await test()).toMatchObject({ text: "Hello.", model: "tiny-1-2026", finishReason: "stop", fault: null });
    const fails: [Behaviour, string][] = [
      [
        { kind: "status", status: 401, body: JSON.stringify({ error: { message: `Wrong key: ${endpointKey}` } }) },
        "endpointKeyRefused",
      ],
      [
        { kind: "status", status: 404, body: JSON.stringify({ error: { message: "No model tiny-1" } }) },
        "endpointNotFound",
      ],
      [
        {
          kind: "status",
          status: 400,
          body: JSON.stringify({ error: { message: `Key ${endpointKey.slice(0, 9)}***` } }),
        },
        "endpointRefused",
      ],
      [
        { kind: "status", status: 429, body: JSON.stringify({ error: { message: "", code: "insufficient_quota" } }) },
        "endpointQuota",
      ],
      [{ kind: "status", status: 502 }, "endpointBroken"],
      [{ kind: "raw", body: "<html>" }, "endpointNoCompletion"],
      [{ kind: "raw", body: '{"choices":[]}' }, "endpointNoCompletion"],
      // A stream although none was asked for, half of an answer, and brackets without an end.
      [
        { kind: "raw", body: 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n' },
        "endpointNoCompletion",
      ],
      [{ kind: "raw", body: '{"choices":[{"message":{"content":"Half an' }, "endpointNoCompletion"],
      [{ kind: "raw", body: "[".repeat(500_000) }, "endpointNoCompletion"],
      [{ kind: "status", status: 500, body: "x".repeat(1_100_000) }, "outgoingTooLarge"],
      [{ kind: "answers", text: "  ", finish: "length" }, "endpointEmpty"],
      [{ kind: "answers", text: `You sent Bearer ${endpointKey}` }, "endpointEchoesKey"],
      [{ kind: "redirects", to: "http://169.254.169.254/latest/meta-data" }, "endpointRedirects"],
      [{ kind: "dies" }, "outgoingBrokeOff"],
    ];
    for (const [behaviour, reason] of fails) {
      place.address.behave = () => behaviour;
      const got = await test();
      expect(got.fault, reason).toMatchObject({ reason });
      expect(JSON.stringify(got)).not.toContain(endpointKey.slice(0, 9));
    }
  });

  it("leads into no network that is not public, and to no other address with the key of one", async () => {
    const private_ = { name: "Inside", baseUrl: "http://10.0.0.1/v1", model: "any" };
    const refused = await place.admin.send("POST", "/api/endpoints", private_);
    expect(refused.json()).toMatchObject({ issues: [{ path: "baseUrl", reason: "outgoingPrivate" }] });
    const withQuery = await place.admin.send("POST", "/api/endpoints", {
      ...private_,
      baseUrl: `${place.baseUrl}?key=abc`,
    });
    expect(withQuery.json()).toMatchObject({ reason: "endpointQuery" });
    const endpoint = await place.newEndpoint();
    const elsewhere = createServer((_, response) => response.end("{}"));
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/v1`;
    const change = (body: object) => place.admin.send("PATCH", `/api/endpoints/${endpoint.id}`, body);
    expect((await change({ baseUrl: other })).json()).toMatchObject({ reason: "endpointKeyOfOtherAddress" });
    expect((await change({ baseUrl: other, key: null })).json()).toMatchObject({ hasKey: false, baseUrl: other });
    elsewhere.close();
    expect((await change({ limits: { money: 1 } })).json()).toMatchObject({ reason: "endpointPricesMissing" });
    const twice = await place.admin.send("POST", "/api/endpoints", {
      ...private_,
      baseUrl: place.baseUrl,
      name: endpoint.name,
    });
    expect(twice.json()).toMatchObject({ reason: "endpointNameTaken" });
  });

  it("stays while a run uses it, and what it answered stays after it", async () => {
    const project = await place.projectWith(1);
    const endpoint = await place.newEndpoint();
    const run = await place.launched(project, endpoint.id);
    const remove = () => place.admin.send("DELETE", `/api/endpoints/${endpoint.id}`);
    expect((await remove()).json()).toMatchObject({ reason: "endpointInUse" });
    await place.worked(run);
    expect((await remove()).statusCode).toBe(204);
    expect(await place.runNow(run.id)).toMatchObject({ state: "succeeded", endpointId: null });
    expect(await place.askedBy(run.id)).toMatchObject({ endpoint: null, answered: 2 });
    expect(await place.database.db.completion.count({ where: { runId: run.id } })).toBe(2);
  });

  it("belongs to its workspace", async () => {
    const endpoint = await place.newEndpoint();
    const { admin: other } = await newTenant(place.api.server, "eve@example.org");
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
    const project = await place.projectWith(1);
    const endpoint = await place.newEndpoint();
    const launch = (body: object) =>
      place.admin.send("POST", `/api/projects/${project}/runs`, { endpointId: endpoint.id, ...body });
    expect((await launch({ kind: "reward" })).json()).toMatchObject({ reason: "endpointOnlyCandidates" });
    const evaluation = { kind: "generate", spec: { purpose: "evaluation" } };
    expect((await launch(evaluation)).json()).toMatchObject({ reason: "endpointOnlyCandidates" });
    const both = { kind: "generate", policy: { modelVersionId: crypto.randomUUID() } };
    expect((await launch(both)).json()).toMatchObject({ reason: "endpointAndPolicy" });
  });
});

describe("limits", () => {
  it("are kept: so many at once, and no more than the budget is ever billed", async () => {
    const project = await place.projectWith(10);
    const limits = { atOnce: 2, tokens: 600, promptPrice: 1, answerPrice: 2 };
    const endpoint = await place.newEndpoint({ limits, sampling: { maxNewTokens: 200 } });
    place.address.together = 2;
    const run = await place.worked(await place.launched(project, endpoint.id, { samplesPerPrompt: 8 }));
    expect(place.address.mostAtOnce).toBe(2);
    expect(run.state).toBe("succeeded");
    const { answered } = await place.askedBy(run.id);
    expect(run.alerts).toMatchObject([{ code: "endpoint_budget", values: { answered, total: 80 } }]);
    expect(place.address.billed).toBeLessThanOrEqual(600);
    expect(answered).toBe(place.address.asked.length);
    // Of a prompt of 19 bytes and an answer of 200 tokens no more than this can be left.
    const { spent } = await place.endpointNow(endpoint.id);
    expect(spent.tokens).toBe(place.address.billed);
    expect(spent.tokens).toBeGreaterThan(600 - 260);
    expect(spent.money).toBeCloseTo((answered * (10 + 5 * 2)) / 1e6, 12);
    const again = await place.worked(await place.launched(project, endpoint.id));
    expect(again).toMatchObject({ state: "failed", error: { reason: "endpointBudget" } });
    await place.admin.send("PATCH", `/api/endpoints/${endpoint.id}`, { limits: { ...limits, tokens: 400 } });
    const test = await place.admin.send("POST", `/api/endpoints/${endpoint.id}/test`);
    expect(test.json()).toMatchObject({ reason: "endpointBudget" });
    await place.admin.send("PATCH", `/api/endpoints/${endpoint.id}`, { countAnew: true });
    expect((await place.endpointNow(endpoint.id)).spent).toEqual({ tokens: 0, money: 0 });
  });

  it("are kept over a minute, of all runs together, and heeded as they are now", async () => {
    const project = await place.projectWith(2);
    const limits = { atOnce: 4, perMinute: 2 };
    const endpoint = await place.newEndpoint({ limits });
    const runs = [await place.launched(project, endpoint.id), await place.launched(project, endpoint.id)] as const;
    const services = await servicesOf(place.api, place.database, runs[0].id);
    const ends = Promise.all(runs.map(({ id }) => handleRun(services, { runId: id }, new AbortController().signal)));
    const asked = () => expect.poll(() => place.address.asked.length, { timeout: 20_000 });
    await asked().toBe(2);
    // As if a minute had passed.
    await place.database.pool.query(
      "UPDATE endpoint_call SET asked_at = asked_at - interval '1 minute' WHERE endpoint_id = $1",
      [endpoint.id],
    );
    await asked().toBe(4);
    await place.admin.send("PATCH", `/api/endpoints/${endpoint.id}`, { limits: { ...limits, perMinute: null } });
    await ends;
    for (const { id } of runs) expect((await place.runNow(id)).state).toBe("succeeded");
    const { rows } = await place.database.pool.query<{ most: number }>(
      `SELECT max(n)::int AS most FROM (SELECT count(*) OVER (ORDER BY asked_at RANGE interval '59.9 seconds' PRECEDING) AS n
       FROM endpoint_call WHERE endpoint_id = $1 ORDER BY asked_at LIMIT 4) of_those_while_limited`,
      [endpoint.id],
    );
    expect(rows).toEqual([{ most: 2 }]);
    expect(place.address.asked).toHaveLength(8);
  });

  it("count what nobody can know the cost of as the most that it can have been", async () => {
    const project = await place.projectWith(1);
    const endpoint = await place.newEndpoint({ sampling: { maxNewTokens: 100 } });
    place.address.behave = (_, before) => (before === 0 ? { kind: "dies" } : { kind: "answers" });
    const run = await place.worked(await place.launched(project, endpoint.id, { samplesPerPrompt: 1 }));
    const { spent } = await place.askedBy(run.id);
    expect(spent).toMatchObject({ promptTokens: 10, answerTokens: 5 });
    expect(spent.unknownTokens).toBeGreaterThan(100);
    expect((await place.endpointNow(endpoint.id)).spent.tokens).toBe(15 + spent.unknownTokens);
  });
});
