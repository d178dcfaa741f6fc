import { type RunKind, type RunState, type RunView, refused } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { erasedOf } from "../label-sets/erased.ts";
import { memberNames } from "../people/member-names.ts";
import { assertProject } from "../projects/queries.ts";
import { type RunRow, runInclude, toRunView } from "./view.ts";

async function withNames(db: Database, rows: RunRow[]): Promise<RunView[]> {
  const nameOf = await memberNames(
    db,
    rows.map(({ requestedById }) => requestedById),
  );
  const erased = await erasedOf(
    db,
    rows.map(({ labelSetId }) => labelSetId),
  );
  return rows.map((row) => toRunView(row, nameOf(row.requestedById), erased(row.labelSetId)));
}

/** @throws DomainError not_found, also for a run of another workspace. */
export async function getRun(db: Database, workspaceId: string, id: string): Promise<RunView> {
  const row = await db.run.findFirst({ where: { id, workspaceId }, include: runInclude });
  const [view] = row ? await withNames(db, [row]) : [];
  if (!view) throw refused("notThere", { kind: "run" });
  return view;
}

interface RunsQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly kind?: RunKind | undefined;
  readonly state?: RunState | undefined;
}

/** Newest first; `cursor` is the id of the last run of the page before. */
export async function listRuns(
  db: Database,
  workspaceId: string,
  projectId: string,
  { cursor, limit, kind, state }: RunsQuery,
): Promise<{ items: RunView[]; next: string | null }> {
  await assertProject(db, workspaceId, projectId);
  const rows = await db.run.findMany({
    where: {
      workspaceId,
      projectId,
      ...(cursor ? { id: { lt: cursor } } : {}),
      ...(kind ? { kind } : {}),
      ...(state ? { state } : {}),
    },
    include: runInclude,
    // Version 7 UUIDs sort by time, so one column serves as order and cursor.
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = await withNames(db, rows.slice(0, limit));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
