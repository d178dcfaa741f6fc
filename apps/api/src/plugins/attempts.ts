import { createHmac } from "node:crypto";
import { refused } from "@touchstone/contracts";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

declare module "fastify" {
  interface FastifyInstance {
    /**
     * Counts one attempt at somebody's password. Throws DomainError too_many_requests beyond the limit.
     */
    countAttempt(address: string, email: string): Promise<void>;
    /** A right password clears the count. */
    forgetAttempts(address: string, email: string): Promise<void>;
  }
}

const windowSeconds = 15 * 60;
/** A person mistypes a few times; a guesser needs thousands. */
const attemptsPerWindow = 10;

/** Limits guesses by address and e-mail. Counted in Redis for all processes, in this one's memory while Redis is away. */
export const attempts = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    const local = new Map<string, { count: number; until: number }>();

    app.decorate("countAttempt", async (address: string, email: string) => {
      const key = keyOf(environment.secret, address, email);
      const count = await countInRedis(key).catch(() => countHere(key));
      if (count <= attemptsPerWindow) return;
      throw refused("tooManyAttempts");
    });
    app.decorate("forgetAttempts", async (address: string, email: string) => {
      const key = keyOf(environment.secret, address, email);
      local.delete(key);
      await app.redis.del(key).catch(() => undefined);
    });

    async function countInRedis(key: string): Promise<number> {
      const count = await app.redis.incr(key);
      if (count === 1) await app.redis.expire(key, windowSeconds);
      return count;
    }

    function countHere(key: string): number {
      const now = Date.now();
      for (const [known, { until }] of local) if (until < now) local.delete(known);
      const entry = local.get(key) ?? { count: 0, until: now + windowSeconds * 1000 };
      entry.count += 1;
      local.set(key, entry);
      return entry.count;
    }
  },
  { name: "attempts", dependencies: ["redis"] },
);

/** Keyed, so that who reads Redis learns no addresses. */
function keyOf(secret: string, address: string, email: string): string {
  const digest = createHmac("sha256", secret).update(`${address}\n${email.toLowerCase()}`).digest("base64url");
  return `touchstone:attempts:${digest}`;
}
