import type { Capability } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { isReady } from "./ready.ts";

export interface PendingRun {
  id: string;
  fencingToken: number;
  capability: Capability;
}

/**
 * Runs that should have a job in Redis: queued ones, and running ones whose worker is dead. Whoever compares this
 * with Redis brings back every job that Redis lost, because Postgres is the truth.
 */
export async function pendingRuns(db: Database, ids?: string[]): Promise<PendingRun[]> {
  return db.$queryRaw<PendingRun[]>`
    SELECT id, fencing_token AS "fencingToken", capability::text AS capability FROM run
    WHERE ${isReady()}
      AND (${ids === undefined} OR id = ANY (${ids ?? []}::uuid[]))
    ORDER BY id`;
}

/** Which workspace each run belongs to, for those who tell the sockets. */
export async function runWorkspaces(db: Database, ids: string[]): Promise<{ runId: string; workspaceId: string }[]> {
  const rows = await db.run.findMany({ where: { id: { in: ids } }, select: { id: true, workspaceId: true } });
  return rows.map((row) => ({ runId: row.id, workspaceId: row.workspaceId }));
}
