import { once } from "node:events";
import type { SocketEvent } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClientOptions, WebSocket, WebSocketServer } from "ws";
import { Connection } from "./connection.ts";
import { Topics } from "./topics.ts";

const id = "0195d2a0-0000-7000-8000-000000000001";
const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });

beforeAll(() => (server.address() ? undefined : once(server, "listening")));
afterAll(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

/** Both ends of one connection; what the client has received so far. */
async function pair(options: ClientOptions = {}) {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const accepted = new Promise<WebSocket>((resolve) => server.once("connection", resolve));
  const client = new WebSocket(`ws://127.0.0.1:${address.port}`, options);
  await once(client, "open");
  const received: string[] = [];
  client.on("message", (data) => received.push(data.toString()));
  const socket = await accepted;
  const connection = new Connection(socket, { id, workspaceId: id, name: "Ada", role: "admin", via: "session" });
  return { client, socket, connection, received };
}

const metrics = (step: number): SocketEvent => ({ type: "metrics", id, step, values: {} });
const fail = (error: unknown) => {
  throw error;
};

describe("topics", () => {
  it("read once for a hundred changes and for all who listen, and once more for what came meanwhile", async () => {
    const topics = new Topics(fail);
    const [a, b] = [await pair(), await pair()];
    let reads = 0;
    const read = async () => metrics(++reads);
    for (const { connection } of [a, b]) topics.listen("run", connection, read);
    for (let change = 0; change < 100; change += 1) topics.changed("run");
    await expect.poll(() => [a.received.length, b.received.length]).toEqual([1, 1]);
    const first = performance.now();
    for (let change = 0; change < 100; change += 1) topics.changed("run");
    await expect.poll(() => a.received.length, { timeout: 3_000 }).toBe(2);
    expect(performance.now() - first).toBeGreaterThan(800);
    expect(reads).toBe(2);
    expect(a.received.map((text) => JSON.parse(text))).toEqual([metrics(1), metrics(2)]);
  });

  it("send nothing to who has left, and read nothing that nobody listens to", async () => {
    const topics = new Topics(fail);
    const { connection, received } = await pair();
    let reads = 0;
    topics.listen("run", connection, async () => metrics(++reads));
    topics.publish("run", metrics(7));
    await expect.poll(() => received.length).toBe(1);
    topics.leaveAll(connection);
    topics.changed("run");
    topics.publish("run", metrics(8));
    connection.sendText("last");
    await expect.poll(() => received.at(-1)).toBe("last");
    expect([received.length, reads]).toEqual([2, 0]);
  });

  it("outlive a reading that fails: the next change reads again", async () => {
    const failures: unknown[] = [];
    const topics = new Topics((error) => failures.push(error));
    const { connection, received } = await pair();
    let reads = 0;
    topics.listen("run", connection, async () => {
      reads += 1;
      if (reads === 1) throw new Error("Postgres is away");
      return metrics(reads);
    });
    topics.changed("run");
    await expect.poll(() => failures.length).toBe(1);
    topics.changed("run");
    await expect.poll(() => received.length, { timeout: 3_000 }).toBe(1);
  });
});

describe("a connection", () => {
  it("drops a client that does not read, before what it was sent fills the memory", async () => {
    const { client, connection } = await pair();
    client.pause();
    const text = "x".repeat(64 * 1024);
    let sent = 0;
    for (; connection.isOpen() && sent < 1_000; sent += 1) {
      connection.sendText(text);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(connection.isOpen()).toBe(false);
    expect(sent).toBeLessThan(500);
    client.terminate();
  });

  it("is kept when its probes are answered, and ended at the first one after an unanswered one", async () => {
    const lively = await pair();
    for (let probe = 0; probe < 3; probe += 1) {
      const answered = once(lively.socket, "pong");
      lively.connection.probe();
      await answered;
    }
    expect(lively.connection.isOpen()).toBe(true);

    const silent = await pair({ autoPong: false });
    silent.connection.probe();
    await once(silent.client, "ping");
    silent.connection.probe();
    expect(silent.connection.isOpen()).toBe(false);
  });
});
