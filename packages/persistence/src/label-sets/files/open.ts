import { type AuditDetail, Role, refused } from "@touchstone/contracts";
import { type Actor, type MemberActor, recordAudit } from "../../audit/record.ts";
import type { Database } from "../../client.ts";

/**
 * Writes into the audit that a file of a label set goes out, or that an address was signed for it.
 *
 * @throws DomainError not_found, also for a set of another workspace.
 */
export async function openLabelSetFile(
  db: Database,
  by: Actor,
  labelSetId: string,
  action: "export.opened" | "labelSet.fileSigned",
  detail: AuditDetail,
): Promise<void> {
  const where = { workspaceId: by.workspaceId, id: labelSetId, project: { deletedAt: null } };
  const set = await db.labelSet.findFirst({ where, select: { projectId: true } });
  if (!set) throw refused("notThere", { kind: "labelSet" });
  await db.$transaction((tx) => recordAudit(tx, by, action, labelSetId, { projectId: set.projectId, ...detail }));
}

/** Roles that may download what is labelled. */
const mayExport: readonly Role[] = [Role.enum.admin, Role.enum.researcher];

/** Whoever a signed address was made for, as long as they may still export; null otherwise. */
export async function maker(db: Database, memberId: string): Promise<MemberActor | null> {
  const where = { id: memberId, disabledAt: null, role: { in: [...mayExport] } };
  const found = await db.member.findFirst({ where, select: { id: true, workspaceId: true } });
  return found && { ...found };
}
