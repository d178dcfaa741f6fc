import type { AuditAction, AuditDetail } from "@touchstone/contracts";
import type pg from "pg";
import type { Transaction } from "../client.ts";

/** Who did it; null where the system did. */
export interface Actor {
  readonly workspaceId: string;
  readonly id: string | null;
  /** How they were signed in; nothing where nobody was, as on a command line. */
  readonly via?: "session" | "token" | undefined;
  /** The API token that did it in their name. */
  readonly token?: { readonly name: string } | undefined;
}

/** Somebody, and not the system. */
export interface MemberActor extends Actor {
  readonly id: string;
}

/**
 * Writes down what an admin (or another with power) did. Inside the transaction of the act itself, so that neither
 * stands without the other.
 *
 * @param subject id of what it was done to.
 * @param given never a secret, never a password, never a token.
 */
export async function recordAudit(
  tx: Transaction,
  by: Actor,
  action: AuditAction,
  subject: string,
  given: AuditDetail,
): Promise<void> {
  const { workspaceId, id: memberId, via = null, token } = by;
  await tx.auditEvent.create({
    data: { workspaceId, memberId, via, token: token?.name ?? null, action, subject, detail: toDetail(given) },
  });
}

/** The same in a transaction that has its connection to itself. */
export async function recordAuditBy(
  client: pg.PoolClient,
  by: Actor,
  action: AuditAction,
  subject: string,
  given: AuditDetail,
): Promise<void> {
  const detail = JSON.stringify(toDetail(given));
  await client.query(
    `INSERT INTO audit_event (workspace_id, member_id, via, token, action, subject, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [by.workspaceId, by.id, by.via ?? null, by.token?.name ?? null, action, subject, detail],
  );
}

function toDetail(given: AuditDetail) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
