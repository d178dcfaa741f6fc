import type { Database } from "../client.ts";

/** A person mistypes a few times; what a guesser does beyond that says nothing new. */
const mostOfMember = 10;
/** Whatever number of members is guessed at: less than a megabyte a day. */
const mostOfWorkspace = 100;

/**
 * Writes into the audit of each workspace of a login that somebody gave a wrong password for it, from which address.
 * Bounded, so that guessing can't fill the disk: so many an hour for a member and for a workspace, give or take those
 * that come in the same moment; the last one says that more of this hour are left out.
 */
export async function recordRefusedSignIn(db: Database, userId: string, address: string): Promise<void> {
  await db.$executeRaw`
    WITH concerned AS (
      SELECT m.id, m.workspace_id,
        (SELECT count(*) FROM audit_event a WHERE a.workspace_id = m.workspace_id AND a.action = 'session.refused'
          AND a.at > now() - interval '1 hour') AS of_workspace,
        (SELECT count(*) FROM audit_event a WHERE a.workspace_id = m.workspace_id AND a.action = 'session.refused'
          AND a.at > now() - interval '1 hour' AND a.subject = m.id::text) AS of_member
      FROM member m WHERE m.user_id = ${userId}::uuid AND m.kind = 'person'
    )
    INSERT INTO audit_event (workspace_id, action, subject, detail)
    SELECT workspace_id, 'session.refused', id::text, jsonb_build_object('address', ${address}::text) || CASE
      WHEN of_workspace = ${mostOfWorkspace - 1} OR of_member = ${mostOfMember - 1} THEN '{"moreLeftOut": true}'::jsonb
      ELSE '{}'::jsonb END
    FROM concerned WHERE of_workspace < ${mostOfWorkspace} AND of_member < ${mostOfMember}`;
}
