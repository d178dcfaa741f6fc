import type { Role } from "@touchstone/contracts";
import type { Database, Transaction } from "../client.ts";
import { hashSecret, newSecret } from "./secrets.ts";

/** A session ends after this much quiet; each day of use moves its end. */
export const sessionDays = 14;

export interface NewSession {
  /** Goes into the cookie; only its hash is stored. */
  secret: string;
  csrfToken: string;
}

export interface SessionRow {
  memberId: string;
  workspaceId: string;
  workspaceName: string;
  name: string;
  email: string | null;
  role: Role;
  csrfToken: string;
  /** More than a day of its time is used up: worth one write to extend it. */
  due: boolean;
}

export async function openSession(
  db: Database | Transaction,
  member: { id: string; workspaceId: string },
): Promise<NewSession> {
  const session = { secret: newSecret(), csrfToken: newSecret() };
  await db.$executeRaw`
    INSERT INTO session (hash, workspace_id, member_id, csrf_token, expires_at)
    VALUES (${hashSecret(session.secret)}, ${member.workspaceId}::uuid, ${member.id}::uuid, ${session.csrfToken},
            now() + make_interval(days => ${sessionDays}))`;
  return session;
}

/** Who this cookie belongs to; null when it is unknown or expired, or the member is disabled. One statement: every request asks. */
export async function readSession(db: Database, secret: string): Promise<SessionRow | null> {
  const [row] = await db.$queryRaw<SessionRow[]>`
    SELECT m.id AS "memberId", m.workspace_id AS "workspaceId", w.name AS "workspaceName", m.name, u.email, m.role,
           s.csrf_token AS "csrfToken", s.expires_at < now() + make_interval(days => ${sessionDays - 1}) AS due
    FROM session s
    JOIN member m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
    JOIN workspace w ON w.id = m.workspace_id
    LEFT JOIN "user" u ON u.id = m.user_id
    WHERE s.hash = ${hashSecret(secret)} AND s.expires_at > now() AND m.disabled_at IS NULL`;
  return row ?? null;
}

export async function extendSession(db: Database, secret: string): Promise<void> {
  await db.$executeRaw`
    UPDATE session SET expires_at = now() + make_interval(days => ${sessionDays}) WHERE hash = ${hashSecret(secret)}`;
}

export async function closeSession(db: Database, secret: string): Promise<void> {
  await db.session.deleteMany({ where: { hash: hashSecret(secret) } });
}

/** Ends every session of these members: after a new password, and when they are disabled. */
export async function closeSessionsOf(tx: Transaction, memberIds: string[]): Promise<void> {
  await tx.session.deleteMany({ where: { memberId: { in: memberIds } } });
}

/** Removes what has expired; readSession would not accept it anyway. */
export async function sweepSessions(db: Database): Promise<void> {
  await db.$executeRaw`DELETE FROM session WHERE expires_at < now()`;
}
