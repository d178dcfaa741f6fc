import type pg from "pg";
import { recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { SessionLookups, type SessionRow } from "./session-lookups.ts";

/** A session ends after this much quiet; each day of use moves its end. */
export const sessionDays = 14;

export interface NewSession {
  /** Goes into the cookie; only its hash is stored. */
  secret: string;
  csrfToken: string;
}

/**
 * A new session, with a secret and a CSRF token of its own, in the place of the one that the browser had.
 *
 * @param from the secret in the browser's cookie until now, and where the browser is.
 */
export async function openSession(
  db: Database,
  member: { id: string; workspaceId: string },
  from: { readonly former: string | undefined; readonly address: string },
): Promise<NewSession> {
  return db.$transaction(async (tx) => {
    const { former, address } = from;
    if (former !== undefined) await endSession(tx, former);
    const { id, workspaceId } = member;
    await recordAudit(tx, { id, workspaceId, via: "session" }, "session.opened", id, { address });
    await tx.$executeRaw`UPDATE member SET signed_in_at = now() WHERE id = ${member.id}::uuid`;
    return insertSession(tx, member);
  });
}

async function insertSession(tx: Transaction, member: { id: string; workspaceId: string }): Promise<NewSession> {
  const session = { secret: newSecret(), csrfToken: newSecret() };
  await tx.$executeRaw`
    INSERT INTO session (hash, workspace_id, member_id, csrf_token, expires_at)
    VALUES (${hashSecret(session.secret)}, ${member.workspaceId}::uuid, ${member.id}::uuid, ${session.csrfToken},
            now() + make_interval(days => ${sessionDays}))`;
  return session;
}

const lookups = new WeakMap<pg.Pool, SessionLookups>();

/** Who this cookie belongs to; null when it is unknown or expired, or the member is disabled. */
export async function readSession(pool: pg.Pool, secret: string): Promise<SessionRow | null> {
  let ofPool = lookups.get(pool);
  if (!ofPool) {
    ofPool = new SessionLookups(pool, sessionDays - 1);
    lookups.set(pool, ofPool);
  }
  return ofPool.read(hashSecret(secret));
}

/** Whether this cookie opens nothing because its member was disabled: asked only after `readSession` found nobody. */
export async function isDisabledSession(db: Database, secret: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ disabled: boolean }[]>`
    SELECT m.disabled_at IS NOT NULL AS disabled
    FROM session s JOIN member m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
    WHERE s.hash = ${hashSecret(secret)} AND s.expires_at > now()`;
  return row?.disabled ?? false;
}

export async function extendSession(db: Database, secret: string): Promise<void> {
  await db.$executeRaw`
    UPDATE session SET expires_at = now() + make_interval(days => ${sessionDays}) WHERE hash = ${hashSecret(secret)}`;
}

export async function closeSession(db: Database, secret: string): Promise<void> {
  await db.$transaction((tx) => endSession(tx, secret));
}

/** By the person whose it is, of whom there is nobody where the secret opens nothing any more. */
async function endSession(tx: Transaction, secret: string): Promise<void> {
  const [ended] = await tx.$queryRaw<{ id: string; workspaceId: string }[]>`
    DELETE FROM session WHERE hash = ${hashSecret(secret)} RETURNING member_id AS id, workspace_id AS "workspaceId"`;
  if (ended) await recordAudit(tx, { ...ended, via: "session" }, "session.closed", ended.id, {});
}

/** Ends every session of these members, but that of one secret: after a new password, and when they are enabled again. */
export async function closeSessionsOf(tx: Transaction, memberIds: string[], but?: string): Promise<void> {
  await tx.session.deleteMany({
    where: { memberId: { in: memberIds }, ...(but === undefined ? {} : { hash: { not: hashSecret(but) } }) },
  });
}

/** Removes what has expired; readSession would not accept it anyway. */
export async function sweepSessions(db: Database): Promise<void> {
  await db.$executeRaw`DELETE FROM session WHERE expires_at < now()`;
}
