import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { buildServer } from "../../build.ts";
import { readEnvironment } from "../../environment.ts";
import { openApiDocument } from "../../openapi/document.ts";

const environment = readEnvironment({
  DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
  REDIS_URL: "redis://127.0.0.1:1",
  TOUCHSTONE_SECRET: "a-secret-that-only-this-test-run-knows",
  LOG_LEVEL: "silent",
});
const server = buildServer({ ...environment, exportIdleMs: 500 });
beforeAll(async () => {
  await server.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => server.close());

const url = "/api/openapi.json";

describe("the API's description of itself", () => {
  it("is written once, however many ask, and is not sent again to who has it", async () => {
    const first = await server.inject({ url });
    expect(first.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
    const writing = vi.spyOn(JSON, "stringify");
    const again = await Promise.all(Array.from({ length: 50 }, () => server.inject({ url })));
    expect(again.every(({ body }) => body === first.body)).toBe(true);
    expect(writing.mock.results.filter(({ value }) => value === first.body)).toHaveLength(0);
    writing.mockRestore();
    const known = await server.inject({ url, headers: { "if-none-match": String(first.headers.etag) } });
    expect([known.statusCode, known.body]).toEqual([304, ""]);
    const other = await server.inject({ url, headers: { "if-none-match": '"another"' } });
    expect(other.statusCode).toBe(200);
  });

  it("is not kept for those who ask and never read: they are cut off", async () => {
    const address = server.server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    const socket = connect(address.port, "127.0.0.1");
    socket.on("error", () => undefined);
    // Far more than the buffers of a connection hold.
    socket.write(`GET ${url} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(100));
    socket.pause();
    const [ours] = await once(server.server, "connection");
    const closed = once(ours, "close");
    await closed;
    socket.destroy();
  });
});
