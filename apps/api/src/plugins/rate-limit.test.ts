import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { readEnvironment } from "../environment.ts";
import { problemAnswers } from "./problems.ts";
import { generalRateLimit } from "./rate-limit.ts";

let server: FastifyInstance;
afterEach(() => server.close());

const ceiling = 10;

/** Asks an API of this ceiling once and again, each time from the next of these addresses. @returns how it answered. */
async function asked(
  times: number,
  addresses: readonly (string | undefined)[],
  path = "/api/health",
): Promise<number[]> {
  server = Fastify();
  let turn = 0;
  server.addHook("onRequest", async ({ raw }) => {
    Object.defineProperty(raw.socket, "remoteAddress", { value: addresses[turn++ % addresses.length] });
  });
  const environment = readEnvironment({
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
    REDIS_URL: "redis://127.0.0.1:1",
    TOUCHSTONE_SECRET: "a-secret-that-only-this-test-run-knows",
    TOUCHSTONE_REQUESTS_PER_MINUTE: String(ceiling),
  });
  void server.register(problemAnswers);
  void server.register(generalRateLimit, { environment });
  void server.register(async (api) => {
    api.get("/api/health", async () => ({ ok: true }));
    api.get("/*", { config: { pages: true } }, async () => "a page");
  });
  const found: number[] = [];
  while (found.length < times) found.push((await server.inject(path)).statusCode);
  return found;
}
const allowed = (times: number) => Array.from({ length: times }, () => 200);

describe("the general rate limit", () => {
  it("counts an IPv6 network as one address, and refuses beyond the ceiling", async () => {
    const network = ["2001:db8::1", "2001:db8::2"];
    expect(await asked(ceiling + 1, network)).toEqual([...allowed(ceiling), 429]);
  });

  it("counts by the endpoint that answers, not by how the address is written, and leaves pages out", async () => {
    expect(await asked(ceiling + 1, ["192.0.2.1"], "/%61pi/health")).toEqual([...allowed(ceiling), 429]);
    await server.close();
    expect(await asked(ceiling + 1, ["192.0.2.1"], "/sign-in")).toEqual(allowed(ceiling + 1));
  });

  it("lets the machine itself pass", async () => {
    expect(await asked(ceiling + 1, ["127.0.0.1"])).toEqual(allowed(ceiling + 1));
  });

  it("does not fail on a socket that has gone and has no address any more", async () => {
    expect(await asked(2, [undefined])).toEqual(allowed(2));
  });
});
