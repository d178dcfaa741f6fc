import { refused, type SavedMappingChange, type SavedMappingDraft, SavedMappingView } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { isUniqueViolation } from "../faults.ts";
import type { Prisma } from "../generated/client.ts";
import { assertProject } from "../projects/queries.ts";

/** So many mappings of a project are kept: each file is held against all of them. */
const mostMappings = 200;

const include = { member: { select: { id: true, name: true } } } satisfies Prisma.ImportMappingInclude;
type Row = Prisma.ImportMappingGetPayload<{ include: typeof include }>;

const toView = (row: Row): SavedMappingView =>
  SavedMappingView.parse({ ...row, createdAt: row.createdAt.toISOString() });

/** Newest first. @throws DomainError not_found, also for a project of another workspace. */
export async function listMappings(db: Database, workspaceId: string, projectId: string): Promise<SavedMappingView[]> {
  await assertProject(db, workspaceId, projectId);
  const rows = await db.importMapping.findMany({ where: { workspaceId, projectId }, include, orderBy: { id: "desc" } });
  return rows.map(toView);
}

/** @throws DomainError not_found; conflict where the name is taken, or as many are kept as may be. */
export async function saveMapping(
  db: Database,
  by: MemberActor,
  projectId: string,
  { name, header, reading }: SavedMappingDraft,
): Promise<SavedMappingView> {
  const { workspaceId } = by;
  await assertProject(db, workspaceId, projectId);
  return unlessTaken(name, () =>
    db.$transaction(async (tx) => {
      const kept = await tx.importMapping.count({ where: { projectId } });
      if (kept >= mostMappings) throw refused("tooManyMappings", { limit: mostMappings });
      const data = { workspaceId, projectId, memberId: by.id, name, header, reading };
      const row = await tx.importMapping.create({ data, include });
      await recordAudit(tx, by, "mapping.saved", row.id, { projectId, name });
      return toView(row);
    }),
  );
}

/** @throws DomainError not_found; conflict where the name is taken. */
export async function changeMapping(
  db: Database,
  by: MemberActor,
  id: string,
  { name, header, reading }: SavedMappingChange,
): Promise<SavedMappingView> {
  return unlessTaken(name ?? "", () =>
    db.$transaction(async (tx) => {
      const { projectId } = await found(tx, by, id);
      const data = { ...(name ? { name } : {}), ...(header ? { header } : {}), ...(reading ? { reading } : {}) };
      const row = await tx.importMapping.update({ where: { id }, data, include });
      await recordAudit(tx, by, "mapping.changed", id, { projectId, name: row.name });
      return toView(row);
    }),
  );
}

/** @throws DomainError not_found. */
export async function deleteMapping(db: Database, by: MemberActor, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { projectId, name } = await found(tx, by, id);
    await tx.importMapping.delete({ where: { id } });
    await recordAudit(tx, by, "mapping.deleted", id, { projectId, name });
  });
}

async function found(tx: Transaction, { workspaceId }: MemberActor, id: string) {
  const row = await tx.importMapping.findFirst({ where: { id, workspaceId } });
  if (!row) throw refused("notThere", { kind: "mapping" });
  return row;
}

async function unlessTaken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) throw refused("mappingNameTaken", { name, at: "name" });
    throw error;
  }
}
