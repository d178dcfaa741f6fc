import { type ModelVersionView, refused } from "@touchstone/contracts";
import type { Database, Transaction } from "../client.ts";
import type { ModelVersion } from "../generated/client.ts";
import { erasedOf } from "../label-sets/erased.ts";
import { type ModelRow, modelFiles, modelInclude, toModelView } from "./view.ts";

/** @throws DomainError not_found, also for a model of another workspace. */
export async function findModel(db: Database | Transaction, workspaceId: string, id: string): Promise<ModelRow> {
  const row = await db.modelVersion.findFirst({ where: { id, workspaceId }, include: modelInclude });
  if (!row) throw refused("notThere", { kind: "model" });
  return row;
}

/** One with these very weights, whatever it is called; the oldest, where there are several. */
export function findModelByHash(db: Database, workspaceId: string, sha256: string): Promise<ModelVersion | null> {
  return db.modelVersion.findFirst({ where: { workspaceId, sha256 }, orderBy: { id: "asc" } });
}

/** One with these very weights that a project can use: its own, or the workspace's. */
export function findUsableByHash(
  db: Database,
  { workspaceId, projectId }: { readonly workspaceId: string; readonly projectId: string },
  sha256: string,
): Promise<ModelVersion | null> {
  return db.modelVersion.findFirst({ where: { workspaceId, sha256, OR: [{ projectId }, { projectId: null }] } });
}

/** Until the transaction ends it is not deleted; whoever deletes it at this moment is waited for. */
export async function lockModel(tx: Transaction, workspaceId: string, id: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM model_version WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR SHARE`;
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

/** What a project uses, and whether somebody decided so. */
export interface InUse {
  readonly row: ModelRow;
  /** Of the decision; null where nobody has decided, and it is the newest. */
  readonly promotionId: string | null;
}

/**
 * The model that a project uses: that which was promoted last; where none was, its own newest that is not archived, and for
 * a policy then the workspace's practice model. Schedules go on from it, and forms propose it.
 */
export async function modelInUse(
  db: Database | Transaction,
  { workspaceId, projectId, kind }: { workspaceId: string; projectId: string; kind: "policy" | "reward" },
): Promise<InUse | null> {
  const promotion = await db.modelPromotion.findFirst({
    where: { workspaceId, projectId, kind, endedAt: null },
    select: { id: true, model: { include: modelInclude } },
  });
  if (promotion) return { row: promotion.model, promotionId: promotion.id };
  const newest = (where: { projectId: string } | { practice: true }) =>
    db.modelVersion.findFirst({
      where: { workspaceId, kind, archivedAt: null, ...where },
      include: modelInclude,
      orderBy: { id: "desc" },
    });
  const row = (await newest({ projectId })) ?? (kind === "policy" ? await newest({ practice: true }) : null);
  return row && { row, promotionId: null };
}

/** One of a model's files, by its name. @throws DomainError not_found */
export async function modelFileToSend(
  db: Database,
  workspaceId: string,
  id: string,
  name: string,
): Promise<{ path: string; bytes: number; sha256: string; writtenAt: Date }> {
  const model = await findModel(db, workspaceId, id);
  const file = modelFiles(model).find(({ path }) => path.split("/").at(-1) === name);
  if (!file) throw refused("notThere", { kind: "file" });
  return { ...file, writtenAt: model.createdAt };
}
