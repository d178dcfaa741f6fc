import { refused } from "@touchstone/contracts";
import type { Transaction } from "../client.ts";

/** Runs of a workspace that have not ended: two dozen rounds, more than anybody waits for. */
const mostUnfinished = 100;

/**
 * Makes sure that a workspace may have so many more runs. Whoever launches runs for it at the same time waits here, so
 * that no two count the same room; taken before any project's row, so that nobody waits for the other.
 *
 * @throws DomainError too_many_requests
 */
export async function assertRoomForRuns(tx: Transaction, workspaceId: string, more: number): Promise<void> {
  await tx.$queryRaw`SELECT FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  const count = await tx.run.count({ where: { workspaceId, state: { in: ["waiting", "queued", "running"] } } });
  if (count + more > mostUnfinished) throw refused("tooManyRuns", { count, limit: mostUnfinished });
}
