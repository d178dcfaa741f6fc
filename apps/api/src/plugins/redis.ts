import fp from "fastify-plugin";
import { Redis } from "ioredis";
import type { Environment } from "../environment.ts";

declare module "fastify" {
  interface FastifyInstance {
    redis: Redis;
  }
}

/** Redis may be away at any time. What needs it fails at once, and nothing that Postgres promises waits for it. */
const failFast = {
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  connectTimeout: 2_000,
  commandTimeout: 2_000,
  retryStrategy: (attempt: number) => Math.min(attempt * 100, 2_000),
  lazyConnect: true,
};

export const redis = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    const client = new Redis(environment.redisUrl, failFast);
    let lost = false;
    client.on("error", (error) => {
      // ioredis repeats itself with every attempt; one line per outage is enough.
      if (!lost) app.log.warn({ err: error }, "redis is away");
      lost = true;
    });
    client.on("ready", () => {
      if (lost) app.log.info("redis is back");
      lost = false;
    });
    app.decorate("redis", client);
    app.addHook("onClose", async () => client.disconnect());
    await client.connect().catch(() => undefined);
  },
  { name: "redis" },
);
