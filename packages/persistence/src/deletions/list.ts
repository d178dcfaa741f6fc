import { DeletionView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import type { Deletion } from "../generated/client.ts";
import { memberNames } from "../people/member-names.ts";
import { stillTold, underWay } from "../steps.ts";

export function toDeletionView(row: Deletion, by: string | null): DeletionView {
  const { createdAt, finishedAt } = row;
  return DeletionView.parse({
    ...row,
    by,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  });
}

/** What is being deleted in a workspace, newest first, and what was in the last day. */
export async function listDeletions(db: Database, workspaceId: string): Promise<DeletionView[]> {
  const rows = await db.deletion.findMany(stillTold(workspaceId));
  const nameOf = await memberNames(
    db,
    rows.map(({ createdById }) => createdById),
  );
  return rows.map((row) => toDeletionView(row, nameOf(row.createdById)));
}

/** Deletions that are not done, oldest first, of all workspaces. */
export async function deletionsUnderWay(db: Database): Promise<string[]> {
  const rows = await db.deletion.findMany(underWay);
  return rows.map(({ id }) => id);
}

/** Whether a lease that is there no more was of a task that was deleted. */
export async function isWithdrawn(db: Database, memberId: string, leaseId: string): Promise<boolean> {
  return (await db.withdrawnLease.count({ where: { leaseId, memberId } })) > 0;
}
