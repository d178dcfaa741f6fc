import { once } from "node:events";
import { Agent, createServer, get, type IncomingMessage, type RequestOptions, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { buildServer } from "../build.ts";
import { readEnvironment } from "../environment.ts";

/** Stands where Next stands: tells what reached it, and echoes on its own socket as a development server would. */
const pages = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  response.setHeader("content-security-policy", "script-src 'nonce-1'");
  response.end(JSON.stringify({ ...seenBy(request), body: Buffer.concat(chunks).toString() }));
});
const pageSockets = new WebSocketServer({ server: pages });
pageSockets.on("connection", (socket) => socket.on("message", (data) => socket.send(`echo ${data}`)));

const seenBy = ({ method, url, headers }: IncomingMessage) => ({ method, url, headers });

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}

let server: FastifyInstance;
let origin: string;

beforeAll(async () => {
  pages.listen(0, "127.0.0.1");
  await once(pages, "listening");
  server = buildServer(
    readEnvironment({
      DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
      REDIS_URL: "redis://127.0.0.1:1",
      TOUCHSTONE_SECRET: "a-secret-that-only-this-test-run-knows",
      TOUCHSTONE_WEB_URL: `http://127.0.0.1:${portOf(pages)}`,
      NODE_ENV: "development",
      TOUCHSTONE_HOSTS: "labels.example.org",
      LOG_LEVEL: "silent",
    }),
  );
  origin = await server.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  pageSockets.close();
  pages.close();
});

/** Unlike `fetch`, says what headers it is told to. */
async function asked(options: RequestOptions): Promise<IncomingMessage> {
  const { port } = new URL(origin);
  const [answer] = await once(request({ port, ...options }).end(), "response");
  answer.resume();
  return answer;
}

describe("the one public port", () => {
  it("shows Next's pages, under the name that the browser asked for", async () => {
    const response = await fetch(`${origin}/projects/1?tab=import`);
    expect(await response.json()).toMatchObject({
      method: "GET",
      url: "/projects/1?tab=import",
      headers: { host: new URL(origin).host, "x-forwarded-host": new URL(origin).host, "x-forwarded-proto": "http" },
    });
  });

  it("gives a page the API's security headers, but for the content policy, which is the page's own", async () => {
    const [page, data] = await Promise.all([fetch(`${origin}/join/a-secret`), fetch(`${origin}/api/health/live`)]);
    const names = [...data.headers.keys()].filter((name) =>
      /^(x-|referrer|cross-origin|strict|origin-agent)/.test(name),
    );
    expect(names).toEqual(expect.arrayContaining(["referrer-policy", "x-content-type-options", "x-frame-options"]));
    const ofAnAnswer = new Set(["x-contract-version", "x-request-id"]);
    for (const name of names.filter((known) => !ofAnAnswer.has(known)))
      expect([name, page.headers.get(name)]).toEqual([name, data.headers.get(name)]);
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(page.headers.get("content-security-policy")).toBe("script-src 'nonce-1'");
    expect(page.headers.get("cache-control")).toBeNull();
  });

  it("gives a file of the pages no header that is about documents", async () => {
    const { headers } = await fetch(`${origin}/_next/static/chunks/page.js`);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    for (const name of ["referrer-policy", "x-frame-options", "cross-origin-opener-policy", "x-request-id"])
      expect([name, headers.get(name)]).toEqual([name, null]);
  });

  it("says of a file nothing about its connection, which stays open all the same", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports: (number | undefined)[] = [];
    for (let n = 0; n < 2; n++) {
      await new Promise<void>((resolve, reject) => {
        get(`${origin}/_next/static/chunks/page.js`, { agent }, (response) => {
          expect([response.headers.connection, response.headers["keep-alive"]]).toEqual([undefined, undefined]);
          ports.push(response.socket.localPort);
          response.resume().on("end", resolve);
        }).on("error", reject);
      });
    }
    agent.destroy();
    expect(ports[1]).toBe(ports[0]);
  });

  it("passes a form on byte by byte, whatever its type", async () => {
    for (const type of ["application/json", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded"]) {
      const body = '{"not": "parsed", "__proto__": 1';
      const response = await fetch(`${origin}/form`, { method: "POST", headers: { "content-type": type }, body });
      expect(await response.json()).toMatchObject({ method: "POST", body });
    }
  });

  it("keeps everything below /api to itself", async () => {
    for (const path of ["/api/nothing", "/api/"]) {
      const response = await fetch(`${origin}${path}`);
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
    }
    expect((await fetch(`${origin}/api/health/live`)).headers.get("content-security-policy")).toContain(
      "default-src 'none'",
    );
  });

  it("asks an endpoint's request for its origin however the address is written, and a page's never", async () => {
    const { port } = new URL(origin);
    const posted = async (path: string) => {
      const sent = request({ port, path, method: "POST", headers: { origin: "http://evil.example" } }).end("{}");
      const [answer] = await once(sent, "response");
      answer.resume();
      return answer.statusCode;
    };
    for (const path of ["/api/session", "/%61pi/session", "/api/nothing", `http://${new URL(origin).host}/api/session`])
      expect([path, await posted(path)]).toEqual([path, 403]);
    expect(await posted("/form")).toBe(200);
  });

  it("passes a page's own socket on", async () => {
    const socket = new WebSocket(`${origin.replace("http", "ws")}/_next/webpack-hmr`);
    await once(socket, "open");
    socket.send("hello");
    const [data] = await once(socket, "message");
    expect(String(data)).toBe("echo hello");
    socket.close();
  });

  it("closes a connection when it is asked to, also when the answer comes from the pages", async () => {
    for (const path of ["/", "/api/health/live"]) {
      const { headers } = await asked({ path, headers: { connection: "close" } });
      expect([path, headers.connection]).toEqual([path, "close"]);
    }
  });

  it.each(["/api/health/live", "/"])(
    "answers only under names that nobody else can have, or that are listed: %s",
    async (path) => {
      const own = ["localhost", "127.0.0.1:3000", "[::1]:3000", "192.168.1.20:3000", "api:3000", "mac.local"];
      for (const host of [...own, "labels.example.org", "LABELS.example.org.:80"]) {
        expect([host, (await asked({ path, headers: { host } })).statusCode]).toEqual([host, 200]);
      }
      for (const host of ["evil.example", "127.0.0.1.evil.example", "labels.example.org.evil.example:80"]) {
        expect([host, (await asked({ path, headers: { host } })).statusCode]).toEqual([host, 421]);
      }
    },
  );

  it("compares an origin with its scheme and port", async () => {
    const { host } = new URL(origin);
    const from = async (of: string, to = host) =>
      (await asked({ path: "/api/session", method: "DELETE", headers: { origin: of, host: to } })).statusCode;
    for (const foreign of [`https://${host}`, "http://127.0.0.1", "null", "file://"]) {
      expect([foreign, await from(foreign)]).toEqual([foreign, 403]);
    }
    expect(await from(`http://${host}`)).toBe(401);
    expect(await from("http://localhost", "localhost:80")).toBe(401);
  });

  it("answers 503 while the pages' server is away", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const gone = portOf(closed);
    closed.close();
    const other = buildServer(
      readEnvironment({
        DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
        REDIS_URL: "redis://127.0.0.1:1",
        TOUCHSTONE_SECRET: "a-secret-that-only-this-test-run-knows",
        TOUCHSTONE_WEB_URL: `http://127.0.0.1:${gone}`,
        LOG_LEVEL: "silent",
      }),
    );
    const response = await other.inject({ method: "GET", url: "/" });
    expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "2"]);
    await other.close();
  });
});
