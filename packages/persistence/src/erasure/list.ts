import { ErasureView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import type { Erasure } from "../generated/client.ts";
import { memberNames } from "../people/member-names.ts";
import { stillTold, underWay } from "../steps.ts";

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

/** Who and what is being erased in a workspace, newest first, and what was in the last day. */
export async function listErasures(db: Database, workspaceId: string): Promise<ErasureView[]> {
  const rows = await db.erasure.findMany(stillTold(workspaceId));
  const nameOf = await memberNames(
    db,
    rows.map(({ createdById }) => createdById),
  );
  return rows.map((row) => toErasureView(row, nameOf(row.createdById)));
}

/** Erasures that are not done, oldest first, of all workspaces. */
export async function erasuresUnderWay(db: Database): Promise<string[]> {
  const rows = await db.erasure.findMany(underWay);
  return rows.map(({ id }) => id);
}
