import { Redis } from "ioredis";

/** A producer fails fast: whoever enqueues has the outbox behind it and tries again. */
export function producerConnection(redisUrl: string): Redis {
  return quiet(new Redis(redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: false, retryStrategy }));
}

/** A worker waits: it has nothing to do until Redis is back. */
export function workerConnection(redisUrl: string): Redis {
  return quiet(new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy }));
}

/** Milliseconds until the next attempt to connect; quick at first, never more than two seconds. */
function retryStrategy(attempt: number): number {
  return Math.min(attempt * 100, 2_000);
}

/** Without a listener an unreachable Redis would end the process; each command still fails by itself. */
function quiet(redis: Redis): Redis {
  return redis.on("error", () => {});
}
