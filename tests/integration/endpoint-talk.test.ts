import type { AnswerEvent } from "@touchstone/contracts";
import { describe, expect, it, vi } from "vitest";
import { askingPlace, endpointKey } from "../harness/asking-place.ts";
import type { Behaviour } from "../harness/model-address.ts";
import { newTenant } from "../harness/visitor.ts";

const place = askingPlace();

describe("talking to the model behind an endpoint", () => {
  const question = [{ role: "user" as const, content: "Why tea?" }];
  const talk = (id: string, more: object = {}) =>
    place.admin.send("POST", `/api/endpoints/${id}/answers`, { messages: question, seed: 7, ...more });
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
    const endpoint = await place.newEndpoint({ sampling });
    const response = await talk(endpoint.id, { sampling: { temperature: 0.2, topP: 0.5, maxNewTokens: 20 } });
    expect(response.statusCode, response.body).toBe(200);
    expect(response.headers["content-type"]).toMatch(/^text\/event-stream/);
    expect(response.body.endsWith("data: [DONE]\n\n")).toBe(true);
    const events = eventsOf(response.body);
    expect(textOf(events)).toBe("About Why tea?: 7.");
    expect(events.filter(({ type }) => type === "said").length).toBeGreaterThan(1);
    expect(events.at(-1)).toEqual({ type: "ended", finishReason: "stop", proof: null, promptTokens: 10, tokens: 5 });
    expect(place.address.asked).toMatchObject([
      {
        authorization: `Bearer ${endpointKey}`,
        body: { temperature: 0.2, top_p: 0.5, top_k: 5, max_tokens: 20, stop: ["END"], seed: 7, stream: true },
      },
    ]);
    expect((await place.endpointNow(endpoint.id)).spent).toEqual({ tokens: 15, money: 0 });
    expect(await place.database.db.endpointTalk.count({ where: { endpointId: endpoint.id, endedAt: null } })).toBe(0);
  });

  it("keeps within the budget, and says so before anything is asked", async () => {
    const endpoint = await place.newEndpoint({ limits: { tokens: 60 } });
    const refusal = await talk(endpoint.id);
    expect(refusal.statusCode).toBe(409);
    expect(refusal.json()).toMatchObject({ reason: "endpointBudget" });
    expect(place.address.asked).toEqual([]);
    expect((await place.endpointNow(endpoint.id)).spent.tokens).toBe(0);
    // The question takes 40 at most, and the answer 20.
    expect((await talk(endpoint.id, { sampling: { maxNewTokens: 20 } })).statusCode).toBe(200);
    expect((await place.endpointNow(endpoint.id)).spent.tokens).toBe(15);
  });

  it("counts an answer that broke off, or that an address does not count, with the most that it can have been", async () => {
    const most = 16 + 16 + Buffer.byteLength("Why tea?") + 20;
    for (const behaviour of [
      { kind: "streams", data: [JSON.stringify({ choices: [{ delta: { content: "Half" } }] })], end: "dies" },
      { kind: "answers", usage: false },
    ] satisfies Behaviour[]) {
      const endpoint = await place.newEndpoint();
      place.address.behave = () => behaviour;
      const response = await talk(endpoint.id, { sampling: { maxNewTokens: 20 } });
      const last = eventsOf(response.body).at(-1);
      if (behaviour.kind === "streams")
        expect(last).toMatchObject({ type: "failed", problem: { reason: "outgoingBrokeOff" } });
      else expect(last).toMatchObject({ type: "ended", tokens: null });
      expect((await place.endpointNow(endpoint.id)).spent.tokens).toBe(most);
    }
    expect(place.address.asked).toHaveLength(2);
  });

  it("gives back what was put by for a question that the address refused", async () => {
    const endpoint = await place.newEndpoint();
    place.address.behave = () => ({ kind: "status", status: 401 });
    const response = await talk(endpoint.id);
    expect(response.json()).toMatchObject({ reason: "endpointKeyRefused", values: { host: "127.0.0.1" } });
    expect((await place.endpointNow(endpoint.id)).spent.tokens).toBe(0);
    expect(response.body).not.toContain(endpointKey);
  });

  it("shares the limits of runs: at once, and a minute", async () => {
    const endpoint = await place.newEndpoint({ limits: { atOnce: 1, perMinute: 2 } });
    place.address.takesMs = 300;
    const first = talk(endpoint.id);
    await vi.waitFor(() => expect(place.address.asked).toHaveLength(1));
    expect((await talk(endpoint.id)).json()).toMatchObject({ reason: "endpointAtOnce", values: { limit: 1 } });
    expect((await first).statusCode).toBe(200);
    place.address.takesMs = 0;
    expect((await talk(endpoint.id)).statusCode).toBe(200);
    expect((await talk(endpoint.id)).json()).toMatchObject({ reason: "endpointPerMinute", values: { limit: 2 } });
    expect(place.address.asked).toHaveLength(2);
    // A run waits for its turn, and a talk that is long over keeps nobody waiting.
    await place.database.db.endpointTalk.updateMany({ data: { askedAt: new Date(Date.now() - 61_000) } });
    expect((await talk(endpoint.id)).statusCode).toBe(200);
  });

  it("is for those who may launch its runs, and for nobody of another workspace", async () => {
    const endpoint = await place.newEndpoint();
    const other = await newTenant(place.api.server, `bob-talks@example.org`);
    const body = { messages: question, seed: 7 };
    expect((await other.admin.send("POST", `/api/endpoints/${endpoint.id}/answers`, body)).statusCode).toBe(404);
    const last = [...question, { role: "assistant", content: "Because." }];
    expect((await talk(endpoint.id, { messages: last })).json()).toMatchObject({ reason: "servingLastTurn" });
    expect(place.address.asked).toEqual([]);
  });
});
