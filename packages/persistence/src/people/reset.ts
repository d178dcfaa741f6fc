import { refused } from "@touchstone/contracts";
import type { Transaction } from "../client.ts";
import { closeSessionsOf } from "./sessions.ts";

/** The operator's command, as it stands in README.md. */
const operatorReset = "npm run operator -- reset EMAIL";

/**
 * A login is everybody's who works with its owner, a workspace's power is its own: an admin who could reset the password of
 * somebody from another workspace would be admin there too. docs/decisions/logins.md.
 *
 * @throws DomainError forbidden for a login that belongs to several workspaces.
 */
export async function assertLoginOfOneWorkspace(tx: Transaction, userId: string): Promise<void> {
  if ((await tx.member.count({ where: { userId } })) > 1)
    throw refused("loginOfSeveralWorkspaces", { name: operatorReset });
}

/**
 * A new password that somebody else than its owner asked for: whoever may have had the login before is out, by session,
 * by API token and by a link that they made for themselves, in every workspace.
 *
 * @returns the login's memberships.
 */
export async function setPassword(tx: Transaction, userId: string, passwordHash: string) {
  const { members } = await tx.user.update({
    where: { id: userId },
    data: { passwordHash },
    select: { members: { select: { id: true, workspaceId: true, workspace: { select: { name: true } } } } },
  });
  const memberIds = members.map(({ id }) => id);
  await closeSessionsOf(tx, memberIds);
  await revokeTokensOf(tx, memberIds);
  await revokeLinksOf(tx, memberIds);
  return members;
}

/** Ends every API token of these members. @returns how many still worked. */
export async function revokeTokensOf(tx: Transaction, memberIds: readonly string[]): Promise<number> {
  const ids = [...memberIds];
  const [ended] = await tx.$queryRaw<{ count: number }[]>`
    WITH ended AS (
      UPDATE api_token SET revoked_at = now() WHERE member_id = ANY (${ids}::uuid[]) AND revoked_at IS NULL
      RETURNING expires_at)
    SELECT count(*) FILTER (WHERE expires_at > now())::int AS count FROM ended`;
  return ended?.count ?? 0;
}

/**
 * Ends the links that these members made and that give power or a login: whoever has lost their own must not keep a way back
 * in. Open links make annotators and stay. @returns how many could still be used.
 */
export function revokeLinksOf(tx: Transaction, memberIds: readonly string[]): Promise<number> {
  const ids = [...memberIds];
  return tx.$executeRaw`
    UPDATE link SET revoked_at = now()
    WHERE created_by_id = ANY (${ids}::uuid[]) AND kind <> 'open' AND revoked_at IS NULL AND used < capacity
      AND expires_at > now()`;
}
