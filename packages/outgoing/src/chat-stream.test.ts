import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { EndpointDialect, EndpointSampling } from "@touchstone/contracts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CompletionOutcome, CompletionRequest } from "./chat-completion.ts";
import { streamCompletion } from "./chat-stream.ts";
import { OutgoingAllow } from "./open-network.ts";
import { openOutgoing } from "./outgoing.ts";

let answer: (response: ServerResponse, body: Record<string, unknown>) => void;
let bodies: Record<string, unknown>[] = [];
const server = createServer(async (request, response) => {
  const body = JSON.parse(await text(request));
  bodies.push(body);
  answer(response, body);
});
const outgoing = openOutgoing({ allow: OutgoingAllow.parse("127.0.0.1") });
let baseUrl = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
beforeEach(() => {
  bodies = [];
});
afterAll(async () => {
  await outgoing.close();
  server.closeAllConnections();
  server.close();
});

const key = "sk-live-Zr5Xk9Qm2Vw8Tb4Ny7Hc";

async function asked(more: Partial<CompletionRequest> = {}): Promise<{ said: string[]; outcome: CompletionOutcome }> {
  const stream = streamCompletion(outgoing, {
    ...{ baseUrl, model: "m", key: null, seed: 7, wholeMs: 5_000 },
    dialect: EndpointDialect.parse({}),
    sampling: EndpointSampling.parse({}),
    messages: [{ role: "user", content: "Hm?" }],
    ...more,
  });
  const said: string[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done) return { said, outcome: next.value };
    said.push(next.value);
  }
}

const delta = (content: string | null, finish: string | null = null) =>
  JSON.stringify({ model: "m-1", choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
const usage = JSON.stringify({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } });
const sse = { "content-type": "text/event-stream" };
const streams =
  (...data: readonly string[]) =>
  (response: ServerResponse): void => {
    response.writeHead(200, sse).end(data.map((one) => `data: ${one}\n\n`).join(""));
  };

describe("an answer that comes bit by bit", () => {
  it("is told as it comes, with what it took", async () => {
    answer = streams(delta(""), delta("Half "), delta("an hour."), delta(null, "stop"), usage, "[DONE]");
    const { said, outcome } = await asked();
    expect(said).toEqual(["Half ", "an hour."]);
    expect(outcome).toMatchObject({
      answer: { text: "Half an hour.", finishReason: "stop", model: "m-1", promptTokens: 3, answerTokens: 2 },
      fault: null,
    });
    expect(bodies).toMatchObject([{ stream: true, stream_options: { include_usage: true }, seed: 7 }]);
  });

  it("is whole in any pieces of bytes, with comments and other fields between, and with either end of a line", async () => {
    const bytes = Buffer.from(
      `: keep-alive\r\n\r\nevent: message\r\nid: 1\r\ndata:${delta("茶，")}\r\n\r\n: x\n\ndata: ${delta("🍵", "stop")}\n\n`,
    );
    answer = (response) => {
      response.writeHead(200, sse);
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    };
    expect((await asked()).said.join("")).toBe("茶，🍵");
  });

  it("may come all at once, from an address that knows no streams", async () => {
    answer = (response) =>
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ choices: [{ message: { content: "Whole." }, finish_reason: "stop" }] }));
    expect(await asked()).toMatchObject({ said: ["Whole."], outcome: { answer: { text: "Whole." }, fault: null } });
  });

  it("is asked for again without the count where an address refuses that, and only there", async () => {
    answer = (response, { stream_options }) => {
      if (stream_options === undefined) return streams(delta("Yes", "stop"), "[DONE]")(response);
      response.writeHead(422, { "content-type": "application/json" }).end('{"detail": "extra fields not permitted"}');
    };
    expect((await asked()).outcome).toMatchObject({ answer: { text: "Yes", answerTokens: null }, fault: null });
    expect(bodies).toHaveLength(2);
    bodies = [];
    answer = (response) => response.writeHead(500).end();
    expect((await asked()).outcome.fault).toMatchObject({ reason: "endpointBroken", mayBePaid: false });
    expect(bodies).toHaveLength(1);
  });
});

describe("an answer that is not whole", () => {
  it.each([
    ["outgoingBrokeOff", [delta("Half")]],
    ["endpointBroken", [delta("Half"), '{"error": {"message": "overloaded"}}']],
    ["endpointEmpty", [delta(null, "length"), "[DONE]"]],
    ["endpointNoCompletion", ["nonsense"]],
    ["outgoingTooLarge", [delta("a".repeat(100_001))]],
  ])("is a fault that may be paid (%s), and is asked once", async (reason, data) => {
    answer = streams(...data);
    const { outcome } = await asked();
    expect(outcome).toMatchObject({ answer: null, fault: { reason, mayBePaid: true } });
    expect(bodies).toHaveLength(1);
  });

  it("is one that never ends, after its time", async () => {
    answer = (response) => {
      response.writeHead(200, sse).write(`data: ${delta("Half")}\n\n`);
    };
    const { said, outcome } = await asked({ wholeMs: 300 });
    expect(said).toEqual(["Half"]);
    expect(outcome.fault).toMatchObject({
      reason: expect.stringMatching(/^outgoing(TooLong|Stalled)$/),
      mayBePaid: true,
    });
  });

  it("goes nowhere else: redirects are not followed", async () => {
    answer = (response) => response.writeHead(307, { location: `${baseUrl}/other` }).end();
    expect((await asked({ key })).outcome.fault).toMatchObject({ reason: "endpointRedirects", mayBePaid: false });
    expect(bodies).toHaveLength(1);
  });

  it("ends when nobody waits any more, with what it was ended by", async () => {
    answer = (response) => {
      response.writeHead(200, sse).write(`data: ${delta("Half")}\n\n`);
    };
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(new Error("gone")), 100);
    await expect(asked({ signal: leaving.signal })).rejects.toThrow("gone");
  });
});

describe("the key", () => {
  it.each([
    ["as it stands", key],
    ["in base64", Buffer.from(key).toString("base64")],
    ["in hexadecimals", Buffer.from(key).toString("hex")],
  ])(
    "is told to nobody, not its beginning either, when an address spells it letter by letter (%s)",
    async (_, form) => {
      answer = streams(delta("My key is "), ...[...form].map((letter) => delta(letter)), delta(".", "stop"), "[DONE]");
      const { said, outcome } = await asked({ key });
      expect(said.join("")).toBe("My key is ");
      expect(outcome).toMatchObject({ answer: null, fault: { reason: "endpointEchoesKey" } });
    },
  );

  it("keeps nothing back that only begins like it", async () => {
    answer = streams(delta("Try sk-li"), delta("ve music, or sk-"), delta(null, "stop"), "[DONE]");
    const { said, outcome } = await asked({ key });
    expect(said.join("")).toBe("Try sk-live music, or sk-");
    expect(outcome.answer?.text).toBe("Try sk-live music, or sk-");
  });
});
