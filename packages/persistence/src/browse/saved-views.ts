import { type Role, refused, type SavedViewDraft, SavedViewView } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { isUniqueViolation } from "../faults.ts";
import type { Prisma } from "../generated/client.ts";
import { assertProject } from "../projects/queries.ts";

/** So many searches of a project are kept; a menu of more would have to be searched itself. */
const mostViews = 200;

const include = { member: { select: { id: true, name: true } } } satisfies Prisma.SavedViewInclude;
type Row = Prisma.SavedViewGetPayload<{ include: typeof include }>;

const toView = (row: Row): SavedViewView => SavedViewView.parse({ ...row, createdAt: row.createdAt.toISOString() });

/** By name. @throws DomainError not_found, also for a project of another workspace. */
export async function listSavedViews(db: Database, workspaceId: string, projectId: string): Promise<SavedViewView[]> {
  await assertProject(db, workspaceId, projectId);
  const rows = await db.savedView.findMany({ where: { workspaceId, projectId }, include, orderBy: { name: "asc" } });
  return rows.map(toView);
}

/** @throws DomainError not_found; conflict where the name is taken, or as many are kept as may be. */
export async function createSavedView(
  db: Database,
  by: MemberActor,
  projectId: string,
  { name, filter }: SavedViewDraft,
): Promise<SavedViewView> {
  const { workspaceId } = by;
  await assertProject(db, workspaceId, projectId);
  return unlessTaken(name, () =>
    db.$transaction(async (tx) => {
      const kept = await tx.savedView.count({ where: { projectId } });
      if (kept >= mostViews) throw refused("tooManyViews", { limit: mostViews });
      const row = await tx.savedView.create({
        data: { workspaceId, projectId, memberId: by.id, name, filter },
        include,
      });
      await recordAudit(tx, by, "view.created", row.id, { projectId, name });
      return toView(row);
    }),
  );
}

/** @throws DomainError not_found, also for whoever neither made it nor is an admin; conflict where the name is taken. */
export async function changeSavedView(
  db: Database,
  by: MemberActor & { readonly role: Role },
  id: string,
  { name }: { readonly name: string },
): Promise<SavedViewView> {
  return unlessTaken(name, () =>
    db.$transaction(async (tx) => {
      const { projectId } = await ownView(tx, by, id);
      const row = await tx.savedView.update({ where: { id }, data: { name }, include });
      await recordAudit(tx, by, "view.changed", id, { projectId, name });
      return toView(row);
    }),
  );
}

/** @throws DomainError not_found, also for whoever neither made it nor is an admin. */
export async function deleteSavedView(
  db: Database,
  by: MemberActor & { readonly role: Role },
  id: string,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { projectId, name } = await ownView(tx, by, id);
    await tx.savedView.delete({ where: { id } });
    await recordAudit(tx, by, "view.deleted", id, { projectId, name });
  });
}

async function ownView(tx: Transaction, { workspaceId, id: memberId, role }: MemberActor & { role: Role }, id: string) {
  const where = { id, workspaceId, ...(role === "admin" ? {} : { memberId }) };
  const found = await tx.savedView.findFirst({ where });
  if (!found) throw refused("notYours", { kind: "view" });
  return found;
}

async function unlessTaken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) throw refused("viewNameTaken", { name });
    throw error;
  }
}
