import { ErasureView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import type { Erasure } from "../generated/client.ts";

export function toErasureView(row: Erasure, by: string | null): ErasureView {
  const { id, kind, projectId, counts, staged, removed, createdAt, finishedAt } = row;
  return ErasureView.parse({
    ...{ id, what: kind, projectId, counts, by },
    done: shareDone({ staged, removed, isFinished: finishedAt !== null }),
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  });
}

/** Between 0 and 1; 1 only where it is done. */
function shareDone(of: { readonly staged: number | null; readonly removed: number; readonly isFinished: boolean }) {
  if (of.isFinished) return 1;
  if (of.staged === null || of.staged === 0) return 0;
  return Math.min(0.99, of.removed / of.staged);
}

/** So long what is done is still told of, for whoever had the page open. */
const toldForMs = 24 * 60 * 60_000;
const latest = 50;

/** Who and what is being erased in a workspace, newest first, and what was in the last day. */
export async function listErasures(db: Database, workspaceId: string): Promise<ErasureView[]> {
  const rows = await db.erasure.findMany({
    where: { workspaceId, OR: [{ finishedAt: null }, { finishedAt: { gt: new Date(Date.now() - toldForMs) } }] },
    orderBy: { id: "desc" },
    take: latest,
  });
  const ids = rows.flatMap(({ createdById }) => (createdById === null ? [] : [createdById]));
  const members = await db.member.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return rows.map((row) => toErasureView(row, names.get(row.createdById ?? "") ?? null));
}

/** Erasures that are not done, oldest first, of all workspaces. */
export async function erasuresUnderWay(db: Database): Promise<string[]> {
  const rows = await db.erasure.findMany({ where: { finishedAt: null }, orderBy: { id: "asc" }, select: { id: true } });
  return rows.map(({ id }) => id);
}
