import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { EndpointDialect, EndpointSampling } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askCompletion, type CompletionRequest } from "./chat-completion.ts";
import { OutgoingAllow } from "./open-network.ts";
import { openOutgoing } from "./outgoing.ts";
import { holdsKey, holdsPieceOfKey } from "./secret-in-text.ts";

let answer = { status: 200, body: "" };
let got: { url: string | undefined; headers: IncomingMessage["headers"]; body: Record<string, unknown> };
const server = createServer(async (request, response) => {
  got = { url: request.url, headers: request.headers, body: JSON.parse(await text(request)) };
  response.writeHead(answer.status).end(answer.body);
});
const outgoing = openOutgoing({ allow: OutgoingAllow.parse("127.0.0.1") });
let at = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await outgoing.close();
  server.close();
});

const ask = (more: Partial<CompletionRequest> = {}) =>
  askCompletion(outgoing, {
    ...{ baseUrl: `${at}/v1`, model: "m", key: null, seed: 7, wholeMs: 5_000 },
    dialect: EndpointDialect.parse({}),
    sampling: EndpointSampling.parse({}),
    messages: [{ role: "user", content: "Hm?" }],
    ...more,
  });
const answered = async (body: unknown, status = 200, key: string | null = null) => {
  answer = { status, body: typeof body === "string" ? body : JSON.stringify(body) };
  return ask({ key });
};
const saying = (message: object, more: object = {}) => ({ choices: [{ message, ...more }] });

describe("what an address answers", () => {
  it("is read in the shapes that addresses have", async () => {
    const none = { model: null, promptTokens: null, answerTokens: null };
    expect((await answered(saying({ content: "Yes" }))).answer).toEqual({
      ...{ text: "Yes", finishReason: "unknown" },
      ...none,
    });
    const nulls = { ...saying({ content: "Yes", refusal: null }, { finish_reason: null }), usage: null, model: null };
    expect((await answered(nulls)).answer).toMatchObject({ text: "Yes", finishReason: "unknown", ...none });
    const parts = [
      { type: "thinking", thinking: [] },
      { type: "text", text: "In " },
      { type: "text", text: "parts" },
    ];
    expect((await answered(saying({ content: parts }))).answer?.text).toBe("In parts");
    const counted = { ...saying({ content: "Yes" }), usage: { prompt_tokens: 3, completion_tokens: -1 } };
    expect((await answered(counted)).answer).toMatchObject({ promptTokens: 3, answerTokens: null });
    expect((await answered(saying({ content: "a\0b\ud800" }))).answer?.text).toBe("a\ufffdb\ufffd");
  });

  it("is no answer without a text, as of a model that used all its room to think", async () => {
    for (const message of [
      { content: null, reasoning_content: "Let me see" },
      { content: " \n" },
      { tool_calls: [] },
    ]) {
      expect((await answered(saying(message, { finish_reason: "length" }))).fault).toMatchObject({
        ...{ reason: "endpointEmpty", next: "leave", mayBePaid: true },
        values: { finish: "length" },
      });
    }
    for (const body of ["", "[]", "null", "1", "{", { choices: [] }, { choices: [{}] }, { error: "odd, with 200" }]) {
      expect((await answered(body)).fault).toMatchObject({ reason: "endpointNoCompletion", mayBePaid: true });
    }
  });

  it("says why not, in the shapes that addresses have, without a piece of the key", async () => {
    const key = "sk-live-Zr5Xk9Qm2Vw8Tb4Ny7Hc";
    const shapes = (said: string) => [
      { error: { message: said, type: "x", code: null } },
      { error: said },
      { message: said },
      { detail: said },
    ];
    for (const body of shapes("too   long")) {
      expect((await answered(body, 400, key)).fault?.values).toMatchObject({ status: 400, said: "too long" });
    }
    const quotations = [key, key.slice(8, 14), Buffer.from(key).toString("base64"), `…${key.slice(-6)}`];
    for (const body of quotations.flatMap((quoted) => shapes(`Wrong key ${quoted}.`))) {
      expect((await answered(body, 422, key)).fault).toMatchObject({ reason: "endpointRefused", values: { said: "" } });
    }
    expect((await answered("<h1>no</h1>", 400, key)).fault?.values).toMatchObject({ said: "" });
    const long = await answered({ error: "x".repeat(10_000) }, 400);
    expect(String(long.fault?.values.said)).toHaveLength(200);
  });

  it("keeps words that are also the placeholder of a key", async () => {
    expect(holdsKey("I run on ollama.", "ollama")).toBe(false);
    expect(holdsPieceOfKey("I run on ollama.", "ollama")).toBe(false);
    expect((await answered(saying({ content: "I run on ollama." }), 200, "ollama")).answer?.text).toContain("ollama");
  });
});

describe("what an address is asked", () => {
  it("goes to its chat completions, wherever its API begins", async () => {
    answer = { status: 200, body: JSON.stringify(saying({ content: "Yes" })) };
    const asked = async (path: string) => {
      await ask({ baseUrl: at + path });
      return got.url;
    };
    expect(await asked("/v1")).toBe("/v1/chat/completions");
    expect(await asked("/v1/")).toBe("/v1/chat/completions");
    expect(await asked("")).toBe("/chat/completions");
    expect(await asked("/api/v3/chat/completions")).toBe("/api/v3/chat/completions");
    expect(await asked("/d/m?api-version=2026-01-01")).toBe("/d/m/chat/completions?api-version=2026-01-01");
  });

  it("has nothing in it that says nothing, and what differs as its settings say", async () => {
    await ask();
    expect(got.headers.authorization).toBeUndefined();
    expect(got.body).toEqual({
      ...{ model: "m", messages: [{ role: "user", content: "Hm?" }], max_tokens: 512 },
      ...{ temperature: 0.8, seed: 7, stream: false },
    });
    const sampling = EndpointSampling.parse({ temperature: 0, topP: 0.5, topK: 3, maxNewTokens: 9, stop: ["."] });
    const dialect = EndpointDialect.parse({ lengthName: "max_completion_tokens", seed: false });
    await ask({ sampling, dialect, key: "k" });
    expect(got.headers.authorization).toBe("Bearer k");
    expect(got.body).toEqual({
      ...{ model: "m", messages: [{ role: "user", content: "Hm?" }], max_completion_tokens: 9 },
      ...{ temperature: 0, top_p: 0.5, top_k: 3, stop: ["."], stream: false },
    });
  });
});
