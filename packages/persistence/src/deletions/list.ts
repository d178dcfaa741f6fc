import { DeletionView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import type { Deletion } from "../generated/client.ts";

export function toDeletionView(row: Deletion, by: string | null): DeletionView {
  const { createdAt, finishedAt } = row;
  return DeletionView.parse({
    ...row,
    by,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  });
}

/** So long what is done is still told of, for whoever had the page open. */
const toldForMs = 24 * 60 * 60_000;
const latest = 50;

/** What is being deleted in a workspace, newest first, and what was in the last day. */
export async function listDeletions(db: Database, workspaceId: string): Promise<DeletionView[]> {
  const rows = await db.deletion.findMany({
    where: { workspaceId, OR: [{ finishedAt: null }, { finishedAt: { gt: new Date(Date.now() - toldForMs) } }] },
    orderBy: { id: "desc" },
    take: latest,
  });
  const ids = rows.flatMap(({ createdById }) => (createdById === null ? [] : [createdById]));
  const members = await db.member.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return rows.map((row) => toDeletionView(row, names.get(row.createdById ?? "") ?? null));
}

/** Deletions that are not done, oldest first, of all workspaces. */
export async function deletionsUnderWay(db: Database): Promise<string[]> {
  const rows = await db.deletion.findMany({
    where: { finishedAt: null },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Whether a lease that is there no more was of a task that was deleted. */
export async function isWithdrawn(db: Database, memberId: string, leaseId: string): Promise<boolean> {
  return (await db.withdrawnLease.count({ where: { leaseId, memberId } })) > 0;
}
