import { once } from "node:events";
import type { SocketEvent } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClientOptions, WebSocket, WebSocketServer } from "ws";
import { Connection, closeCodes } from "./connection.ts";
import { Topics } from "./topics.ts";

const id = "0195d2a0-0000-7000-8000-000000000001";
const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });

beforeAll(() => (server.address() ? undefined : once(server, "listening")));
afterAll(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

/** Both ends of one connection; what the client has received so far. */
async function pair(options: ClientOptions = {}, workspaceId = id) {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const accepted = new Promise<WebSocket>((resolve) => server.once("connection", resolve));
  const client = new WebSocket(`ws://127.0.0.1:${address.port}`, options);
  await once(client, "open");
  const received: string[] = [];
  client.on("message", (data) => received.push(data.toString()));
  const socket = await accepted;
  const connection = new Connection(socket, {
    id,
    workspaceId,
    name: "Ada",
    role: "admin",
    via: "session",
    credential: "",
  });
  return { client, socket, connection, received };
}

const event = (step: number): SocketEvent => ({ type: "metrics", id, step, values: {} });
const fail = (error: unknown) => {
  throw error;
};
const everybody = async () => undefined;
/** Reads once more each time, and counts. */
function counted() {
  const counter = { reads: 0, read: async () => event(++counter.reads) };
  return counter;
}

describe("topics", () => {
  it("are read once for all who begin to watch, once for a hundred changes, and once more for what came meanwhile", async () => {
    const topics = new Topics({ admit: everybody, onError: fail });
    const [a, b] = [await pair(), await pair()];
    const counter = counted();
    await Promise.all([a, b].map(({ connection }) => topics.watch("run", connection, counter.read)));
    await expect.poll(() => [a.received.length, b.received.length]).toEqual([1, 1]);
    expect(counter.reads).toBe(1);
    for (let change = 0; change < 100; change += 1) topics.changed("run");
    await expect.poll(() => a.received.length, { timeout: 3_000 }).toBe(2);
    expect(counter.reads).toBe(2);
    expect(a.received.map((text) => JSON.parse(text))).toEqual([event(1), event(2)]);
  });

  it("send nothing to who has left, and read nothing that nobody listens to", async () => {
    const topics = new Topics({ admit: everybody, onError: fail });
    const { connection, received } = await pair();
    const counter = counted();
    await topics.watch("run", connection, counter.read);
    topics.publish("run", event(7));
    await expect.poll(() => received.length).toBe(2);
    topics.leaveAll(connection);
    topics.changed("run");
    topics.publish("run", event(8));
    connection.sendText("last");
    await expect.poll(() => received.at(-1)).toBe("last");
    expect([received.length, counter.reads]).toEqual([3, 1]);
  });

  it("outlive a reading that fails: the next change reads again", async () => {
    const failures: unknown[] = [];
    const topics = new Topics({ admit: everybody, onError: (error) => failures.push(error) });
    const { connection, received } = await pair();
    let reads = 0;
    await topics.watch("run", connection, async () => {
      reads += 1;
      if (reads === 2) throw new Error("Postgres is away");
      return event(reads);
    });
    topics.changed("run");
    await expect.poll(() => failures.length, { timeout: 3_000 }).toBe(1);
    topics.changed("run");
    await expect.poll(() => received.length, { timeout: 3_000 }).toBe(2);
  });

  it("of one workspace are read one after another, and are bounded; another's are not felt", async () => {
    const topics = new Topics({ admit: everybody, onError: fail });
    const { connection } = await pair();
    const other = await pair({}, "0195d2a0-0000-7000-8000-000000000002");
    let now = 0;
    let most = 0;
    const read = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return event(1);
    };
    await Promise.all(Array.from({ length: 200 }, (_, at) => topics.watch(`${at}`, connection, read)));
    expect(most).toBe(1);
    await expect(topics.watch("one more", connection, read)).rejects.toMatchObject({ code: "too_many_requests" });
    await topics.watch("theirs", other.connection, read);
    topics.leave("0", connection);
    await topics.watch("one more", connection, read);
  });

  it("send nothing to who may no longer have it, nor to anybody while that is not known", async () => {
    const may = { all: true };
    const known = { all: true };
    const topics = new Topics({
      admit: async (connections) => {
        if (!known.all) throw new Error("Postgres is away");
        if (!may.all) for (const connection of connections) connection.close(4403, "forbidden");
      },
      onError: () => undefined,
    });
    const [first, second] = [await pair(), await pair()];
    await topics.watch("run", first.connection, counted().read);
    may.all = false;
    topics.publish("run", event(2));
    expect((await once(first.client, "close"))[0]).toBe(4403);
    expect(first.received).toEqual([JSON.stringify(event(1))]);

    may.all = true;
    topics.leaveAll(first.connection);
    await topics.watch("run", second.connection, counted().read);
    known.all = false;
    topics.publish("run", event(2));
    expect((await once(second.client, "close"))[0]).toBe(1013);
    expect(second.received).toEqual([JSON.stringify(event(1))]);
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

  it("reads no more of whoever broke a rule, and lets go of them though they go on and never answer", async () => {
    const { client, socket, connection } = await pair();
    let heard = 0;
    socket.on("message", () => {
      heard += 1;
      if (heard === 1) connection.close(closeCodes.brokenRule, "too_many_requests");
    });
    client.pause();
    client.send("once");
    await once(socket, "message");
    const before = heard;
    for (let more = 0; more < 1_000; more += 1) client.send("x".repeat(1_000));
    await once(socket, "close");
    // What has been taken off the network already, 64 KiB, still passes.
    expect(heard - before).toBeLessThan(200);
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
