import { type Broadcast, broadcastChannel } from "@touchstone/contracts";
import {
  type Database,
  drainOutbox,
  noticeDoneLots,
  type OutboxPromise,
  projectWorkspaces,
  type Transaction,
  tellOfJudgements,
} from "@touchstone/persistence";
import type { Redis } from "ioredis";

/** Half of what the topics wait anyway, so that figures move about once a second. */
const everyMs = 500;

/**
 * Tells all processes which projects were judged, in which something was asked or answered, and that somebody outside of them ended access, as the operator does. What
 * is done for good with the latest judgements is written down as a notice, and each judgement for the webhooks of its project.
 * The promises stand in the outbox, written with the change, so that Redis is no part of accepting one; while it is away
 * they wait there. Returns the way to stop.
 */
export function drainNews(db: Database, redis: Redis, onError: (error: unknown) => void): () => void {
  let running = false;
  const timer = setInterval(async () => {
    if (running || redis.status !== "ready") return;
    running = true;
    await drainOutbox(db, ["judged", "guidance", "access-changed"], (promises, tx) =>
      announce({ db, tx, redis }, promises),
    ).catch(onError);
    running = false;
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

async function announce(
  { db, tx, redis }: { db: Database; tx: Transaction; redis: Redis },
  promises: readonly OutboxPromise[],
): Promise<void> {
  // With the promises in one transaction: what is told of is told once, or the promise stays.
  await tellOfJudgements(tx, promises);
  const tell = (news: Broadcast) => redis.publish(broadcastChannel, JSON.stringify(news));
  if (promises.some(({ topic }) => topic === "access-changed")) await tell({ type: "access-changed" });
  const judged = promises.filter(({ topic }) => topic === "judged").map(({ key }) => key);
  const projects = [...new Set(judged)];
  // Before anybody is told: should it fail, the promises stay, and it is done again.
  if (projects.length > 0) await noticeDoneLots(db, projects);
  for (const project of await projectWorkspaces(db, projects)) {
    await tell({ type: "project-changed", ...project });
  }
  const asked = promises.filter(({ topic }) => topic === "guidance").map(({ key }) => key);
  for (const project of await projectWorkspaces(db, [...new Set(asked)])) {
    await tell({ type: "guidance-changed", ...project });
  }
}
