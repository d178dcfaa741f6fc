import type { AuditDetail, Role } from "@touchstone/contracts";
import { type Actor, type MemberActor, recordAudit } from "../../audit/record.ts";
import type { Database } from "../../client.ts";
import { projectOfLabelSet } from "../project-of.ts";

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
  const projectId = await projectOfLabelSet(db, by.workspaceId, labelSetId);
  await db.$transaction((tx) => recordAudit(tx, by, action, labelSetId, { projectId, ...detail }));
}

/** Whoever an address was signed by, as long as they still have one of these roles; null otherwise. */
export async function findSigner(db: Database, memberId: string, roles: readonly Role[]): Promise<MemberActor | null> {
  const where = { id: memberId, disabledAt: null, role: { in: [...roles] } };
  return db.member.findFirst({ where, select: { id: true, workspaceId: true } });
}
