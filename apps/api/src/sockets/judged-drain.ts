import { type Broadcast, broadcastChannel } from "@touchstone/contracts";
import { type Database, drainOutbox, projectWorkspaces } from "@touchstone/persistence";
import type { Redis } from "ioredis";

/** Half of what the topics wait anyway, so that figures move about once a second. */
const everyMs = 500;

/**
 * Tells all processes which projects were judged. The promises stand in the outbox, written with the judgements, so that
 * Redis is no part of accepting one; while it is away they wait there. Returns the way to stop.
 */
export function drainJudged(db: Database, redis: Redis, onError: (error: unknown) => void): () => void {
  let running = false;
  const timer = setInterval(async () => {
    if (running || redis.status !== "ready") return;
    running = true;
    await drainOutbox(db, ["judged"], (promises) =>
      announce(
        db,
        redis,
        promises.map(({ key }) => key),
      ),
    ).catch(onError);
    running = false;
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

async function announce(db: Database, redis: Redis, projectIds: string[]): Promise<void> {
  for (const project of await projectWorkspaces(db, [...new Set(projectIds)])) {
    const news: Broadcast = { type: "project-changed", ...project };
    await redis.publish(broadcastChannel, JSON.stringify(news));
  }
}
