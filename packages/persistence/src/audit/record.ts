import type { AuditAction, AuditDetail } from "@touchstone/contracts";
import type { Database, Transaction } from "../client.ts";

/** Who did it; null where the system did. */
export interface Actor {
  workspaceId: string;
  id: string | null;
}

/**
 * Writes down what an admin (or another with power) did. Inside the transaction of the act itself, so that neither
 * stands without the other.
 *
 * @param subject id of what it was done to.
 * @param given never a secret, never a password, never a token.
 */
export async function recordAudit(
  db: Database | Transaction,
  by: Actor,
  action: AuditAction,
  subject: string,
  given: AuditDetail,
): Promise<void> {
  const detail = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  await db.auditEvent.create({ data: { workspaceId: by.workspaceId, memberId: by.id, action, subject, detail } });
}
