import { contractVersion, contractVersionHeader, type Route, routes } from "@touchstone/contracts";
import Fastify from "fastify";
import { describe, expect, it } from "vitest";
import { app } from "./app.ts";
import { readEnvironment } from "./environment.ts";

/** Nothing answers on this port: the service must assemble without its servers. */
const nowhere = readEnvironment({
  DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
  REDIS_URL: "redis://127.0.0.1:1",
  TOUCHSTONE_SECRET: "a-secret-that-only-this-test-run-knows",
  LOG_LEVEL: "silent",
});

async function registeredRoutes(): Promise<string[]> {
  const server = Fastify();
  const found: string[] = [];
  server.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (one !== "HEAD") found.push(`${one} ${url}`);
  });
  await server.register(app, { environment: nowhere });
  await server.ready();
  await server.close();
  return found.sort();
}

describe("the API", () => {
  it("registers every route of the contracts' table and no other", async () => {
    const table = Object.values<Route>(routes).map(({ method, path }) => `${method} ${path}`);
    expect(await registeredRoutes()).toEqual(table.sort());
  });

  it("says with every answer, refusals too, which version of the contract it keeps", async () => {
    const server = Fastify();
    await server.register(app, { environment: nowhere });
    for (const url of ["/api/health/live", "/api/work"]) {
      const { headers } = await server.inject({ url });
      expect(headers[contractVersionHeader]).toBe(contractVersion);
    }
    await server.close();
  });

  it("gives its metrics to this machine and to nobody elsewhere, however the address is written", async () => {
    const server = Fastify();
    await server.register(app, { environment: nowhere });
    for (const url of ["/api/metrics", "/%61pi/metrics"]) {
      const asked = (remoteAddress: string) => server.inject({ url, remoteAddress });
      expect([url, (await asked("127.0.0.1")).statusCode, (await asked("203.0.113.5")).statusCode]).toEqual([
        url,
        200,
        403,
      ]);
    }
    await server.close();
  });
});
