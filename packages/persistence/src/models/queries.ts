import { type ModelVersionView, refused } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import type { ModelVersion } from "../generated/client.ts";
import { erasedOf } from "../label-sets/erased.ts";
import { type ModelRow, modelInclude, toModelView } from "./view.ts";

/** @throws DomainError not_found, also for a model of another workspace. */
export async function findModel(db: Database, workspaceId: string, id: string): Promise<ModelRow> {
  const row = await db.modelVersion.findFirst({ where: { id, workspaceId }, include: modelInclude });
  if (!row) throw refused("notThere", { kind: "model" });
  return row;
}

/** One with these very weights, whatever it is called; the oldest, where there are several. */
export function findModelByHash(db: Database, workspaceId: string, sha256: string): Promise<ModelVersion | null> {
  return db.modelVersion.findFirst({ where: { workspaceId, sha256 }, orderBy: { id: "asc" } });
}

export async function listModels(
  db: Database,
  workspaceId: string,
  query: { kind?: "policy" | "reward" | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: ModelVersionView[]; next: string | null }> {
  const rows = await db.modelVersion.findMany({
    where: {
      workspaceId,
      ...(query.kind ? { kind: query.kind } : {}),
      ...(query.cursor ? { id: { lt: query.cursor } } : {}),
    },
    include: modelInclude,
    orderBy: { id: "desc" },
    take: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const erased = await erasedOf(
    db,
    page.map(({ labelSetId }) => labelSetId),
  );
  const items = page.map((row) => toModelView(row, erased(row.labelSetId)));
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** The policy that a schedule goes on from: the project's newest, else the workspace's practice model. */
export async function latestPolicy(db: Database, workspaceId: string, projectId: string): Promise<ModelVersion | null> {
  const own = await db.modelVersion.findFirst({
    where: { workspaceId, projectId, kind: "policy" },
    orderBy: { id: "desc" },
  });
  return (
    own ??
    db.modelVersion.findFirst({ where: { workspaceId, kind: "policy", practice: true }, orderBy: { id: "desc" } })
  );
}
