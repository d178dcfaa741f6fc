import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { OutgoingAllow } from "./open-network.ts";
import { type Outgoing, type OutgoingSettings, openOutgoing } from "./outgoing.ts";
import { sendWebhook, type WebhookOutcome, webhookSignature } from "./webhook.ts";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push({ close: () => new Promise((resolve) => server.close(resolve)) });
  return (server.address() as AddressInfo).port;
}
const serving = (listener: RequestListener) => listening(createServer(listener));
const saying = (said: string) =>
  listening(createTcpServer((socket) => socket.on("error", () => {}).once("data", () => socket.end(said))));

function going(settings: Partial<OutgoingSettings> = {}): Outgoing {
  const outgoing = openOutgoing({ allow: OutgoingAllow.parse("127.0.0.1"), ...settings });
  opened.push(outgoing);
  return outgoing;
}

/** What becomes of an event for an address, but for how long it took. */
async function sent(url: string, outgoing = going()): Promise<Omit<WebhookOutcome, "durationMs">> {
  const { durationMs: _, ...outcome } = await sendWebhook(outgoing, { ...message, url });
  return outcome;
}

const message = { eventId: "msg_1", secrets: ["whsec_AAAA"], payload: "{}" };
const taken = { status: 200, fault: null, answer: "", retryAfterMs: null };

it("signs as the specification's own example, once for each secret", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const example = { eventId: "msg_p5jXN8AQM9LWM0D4loKWxJek", payload: '{"test": 2432232314}' };
  const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  expect(webhookSignature({ ...example, secrets: [secret] }, 1_614_265_330)).toBe(signature);
  expect(webhookSignature({ ...example, secrets: ["whsec_AAAA", secret] }, 1_614_265_330).split(" ")).toEqual([
    expect.stringMatching(/^v1,/),
    signature,
  ]);
});

describe("an answer", () => {
  it("counts by its status, whatever its body is", async () => {
    const port = await serving((request, response) => {
      const encoding = request.url?.slice(1) ?? "";
      response.writeHead(200, encoding === "" ? {} : { "content-encoding": encoding }).end("?");
    });
    expect(await sent(`http://127.0.0.1:${port}/`)).toEqual({ ...taken, answer: "?" });
    for (const encoding of ["utf-8", "zstd", "gzip"]) {
      expect([encoding, await sent(`http://127.0.0.1:${port}/${encoding}`)]).toEqual([encoding, taken]);
    }
    const half = await saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
    expect(await sent(`http://127.0.0.1:${half}/`)).toEqual({ ...taken, answer: "half" });
  });

  it("is read to its first kilobyte, however long it goes on", async () => {
    let open = 0;
    const port = await serving((request, response) => {
      open++;
      request.socket.once("close", () => open--);
      const more = (): void => void (response.destroyed || response.write("é".repeat(300), () => setImmediate(more)));
      more();
    });
    expect(await sent(`http://127.0.0.1:${port}/`)).toEqual({ ...taken, answer: "é".repeat(512) });
    await expect.poll(() => open).toBe(0);
  });

  it("that redirects is the answer: nothing goes where it leads", async () => {
    let led = 0;
    const other = await serving((_request, response) => {
      led++;
      response.end();
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const location = `http://127.0.0.1:${other}/`;
      const port = await serving((_request, response) => response.writeHead(status, { location }).end("moved"));
      expect(await sent(`http://127.0.0.1:${port}/`)).toEqual({ ...taken, status, answer: "moved" });
    }
    expect(led).toBe(0);
  });

  it("that is none has a name, and so has what no server may say", async () => {
    const nothing = await saying("");
    expect(await sent(`http://127.0.0.1:${nothing}/`)).toMatchObject({ fault: { reason: "outgoingBrokeOff" } });
    const noStatus = await saying("HTTP/1.1 000 None\r\nContent-Length: 0\r\n\r\n");
    expect(await sent(`http://127.0.0.1:${noStatus}/`)).toMatchObject({ fault: { reason: "outgoingNotHttp" } });
  });
});

it("refuses an address whose name leads into a private network by now, before a connection is made", async () => {
  let reached = 0;
  const port = await serving((_request, response) => {
    reached++;
    response.writeHead(200, { connection: "close" }).end();
  });
  const led = ["127.0.0.1", "10.0.0.1"];
  const resolve = async () => [{ address: led.shift() ?? "", family: 4 }];
  const outgoing = going({ resolve });
  const url = `http://hook.example:${port}/`;
  expect(await sent(url, outgoing)).toEqual(taken);
  const fault = { reason: "outgoingPrivate", values: { host: "hook.example" } };
  expect(await sent(url, outgoing)).toEqual({ status: null, fault, answer: null, retryAfterMs: null });
  expect(reached).toBe(1);
});
