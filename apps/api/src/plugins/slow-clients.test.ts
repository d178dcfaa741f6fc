import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { Problem, routes } from "@touchstone/contracts";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "../build.ts";
import { readEnvironment } from "../environment.ts";
import { slowBodies } from "./slow-bodies.ts";

const bodyMs = 300;
/** Far above `bodyMs`: what is open so long is never cut. */
const neverMs = 10_000;
let server: FastifyInstance;
let uploads: FastifyInstance;

beforeAll(async () => {
  const environment = readEnvironment({
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
    REDIS_URL: "redis://127.0.0.1:1",
    TOUCHSTONE_SECRET: "a-secret-that-only-this-test-run-knows",
    LOG_LEVEL: "silent",
  });
  server = buildServer({ ...environment, bodyMs, upgradeMs: bodyMs });
  await server.listen({ host: "127.0.0.1", port: 0 });
  uploads = Fastify();
  await uploads.register(slowBodies, { environment: { bodyMs } });
  uploads.removeAllContentTypeParsers();
  uploads.addContentTypeParser("*", async (_request: unknown, payload: unknown) => payload);
  uploads.post("/", { config: { route: routes.importRows } }, async ({ raw }) => (await text(raw)).length);
  await uploads.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await uploads.close();
});

function sent(to: FastifyInstance, lines: string[]): Socket {
  const address = to.server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const socket = connect(address.port, "127.0.0.1");
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  return socket;
}

/** Everything that was answered until the server closed. */
async function answered(socket: Socket): Promise<string> {
  const timer = setTimeout(() => socket.destroy(new Error("still open")), neverMs);
  // A client that goes on sending may be answered with a reset as well.
  const answer = await text(socket);
  clearTimeout(timer);
  return answer;
}

const problemIn = (answer: string) => Problem.parse(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))));

const post = (path: string, length = 100) => [
  `POST ${path} HTTP/1.1`,
  "Host: localhost",
  "Content-Type: application/json",
  `Content-Length: ${length}`,
];

describe("slow clients", () => {
  it.each(["/api/session", "/nothing"])("whose body trickles in are told so and cut off: %s", async (path) => {
    const socket = sent(server, post(path));
    const trickle = setInterval(() => socket.write(" "), 50);
    const answer = await answered(socket);
    clearInterval(trickle);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(problemIn(answer)).toMatchObject({ code: "request_timeout", status: 408 });
  });

  it("may take their time with an upload that goes on, and not with one that stopped", async () => {
    const moving = sent(uploads, post("/", 10 * 1_500));
    for (let part = 0; part < 10; part += 1) {
      moving.write("x".repeat(1_500));
      await new Promise((resolve) => setTimeout(resolve, bodyMs / 3));
    }
    const [answer] = await once(moving, "data");
    expect(String(answer)).toContain("15000");
    moving.destroy();
    expect(await answered(sent(uploads, post("/", 10)))).toMatch(/^HTTP\/1.1 408 /);
  });

  it("hold nothing open with upgrades that lead nowhere", async () => {
    const upgrade = ["Host: localhost", "Connection: Upgrade", "Upgrade: websocket"];
    const targets = ["/foo", "//", "/%zz", "/api/nothing", "/api/health", "/api/socket", "*"];
    for (const target of targets) {
      const many = Array.from({ length: 10 }, () => answered(sent(server, [`GET ${target} HTTP/1.1`, ...upgrade])));
      for (const answer of await Promise.all(many)) {
        expect(answer, target).toMatch(/^HTTP\/1.1 4\d\d /);
        expect(problemIn(answer).status, target).toBeLessThan(500);
      }
    }
    expect(await connections(server)).toBe(0);
  });
});

/** Stands where Postgres stands, takes every connection and never says a word. */
async function silentDatabase() {
  const silent = createServer((connection) => connection.on("error", () => undefined));
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { url: `postgresql://nobody@127.0.0.1:${address.port}/none`, close: () => silent.close() };
}

it("upgrades are cut off where nobody can say in time who opens them", async () => {
  const database = await silentDatabase();
  const waiting = buildServer({
    ...readEnvironment({
      DATABASE_URL: database.url,
      REDIS_URL: "redis://127.0.0.1:1",
      TOUCHSTONE_SECRET: "a-secret-that-only-this-test-run-knows",
      LOG_LEVEL: "silent",
    }),
    upgradeMs: bodyMs,
  });
  await waiting.listen({ host: "127.0.0.1", port: 0 });
  const upgrade = ["Host: localhost", "Connection: Upgrade", "Upgrade: websocket", "Cookie: touchstone=somebody"];
  // Without an answer: the one that the database's own time limit leads to would come seconds later.
  expect(await answered(sent(waiting, ["GET /api/socket HTTP/1.1", ...upgrade]))).toBe("");
  await waiting.close();
  database.close();
});

describe("what is no request", () => {
  it.each([
    ["an address that can't be decoded", ["GET /%zz HTTP/1.1", "Host: localhost", "Connection: close"], 400],
    ["something else than HTTP", ["EHLO localhost"], 400],
    ["headers without an end", ["GET / HTTP/1.1", `Cookie: ${"x".repeat(20_000)}`], 431],
  ])("is answered with a problem: %s", async (_, lines, status) => {
    const answer = await answered(sent(server, lines));
    expect(answer).toContain("application/problem+json");
    expect(problemIn(answer).status).toBe(status);
  });
});

function connections({ server: listening }: FastifyInstance): Promise<number> {
  return new Promise((resolve, reject) =>
    listening.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}
