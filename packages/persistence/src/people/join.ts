import { type Locale, refused } from "@touchstone/contracts";
import { recordAudit } from "../audit/record.ts";
import { type Database, databaseNow, type Transaction } from "../client.ts";
import type { Member } from "../generated/client.ts";
import { hasAccess, type UsableLink, usedUp } from "./joining.ts";
import { normaliseEmail } from "./logins.ts";
import { assertLoginOfOneWorkspace, setPassword } from "./reset.ts";

export interface Joiner {
  name: string;
  /** An existing login whose password the caller has verified, or a new one. */
  login: { userId: string } | { email: string; passwordHash: string };
  locale: Locale;
}

/**
 * Takes one place of an invitation or an open link and makes its holder a member. The person must have consented
 * where the link asks for it; when is recorded. Somebody who is a member already gains the project and takes no place
 * twice.
 *
 * @throws DomainError link_used_up; conflict when an invitation meets a member; forbidden for a disabled member.
 */
export async function joinByLink(db: Database, link: UsableLink, joiner: Joiner): Promise<Member> {
  return db.$transaction(async (tx) => {
    const userId = await userOf(tx, joiner);
    const known = await tx.member.findFirst({
      where: { workspaceId: link.workspaceId, userId },
      include: { access: true },
    });
    if (known?.disabledAt) throw refused("accountDisabled");
    if (known && !link.projectId) throw refused("memberAlready");
    // Without any restriction, or admitted to this project before: there is nothing to gain and no place to take.
    if (known && link.projectId && hasAccess(known.access, link.projectId)) return known;
    await takePlace(tx, link.id);
    const member = known ?? (await addMember(tx, link, userId, joiner));
    await recordConsent(tx, link, member.id);
    if (link.projectId) {
      const { workspaceId, projectId } = link;
      await tx.projectAccess.create({ data: { workspaceId, projectId, memberId: member.id } });
    }
    // A link that asks for no consent says nothing of it: "no" would read as a refusal.
    const consented = link.consent === null ? {} : { consented: true };
    await recordAudit(tx, member, "member.joined", member.id, { linkId: link.id, ...consented });
    return member;
  });
}

async function userOf(tx: Transaction, { login }: Joiner): Promise<string> {
  if ("userId" in login) return login.userId;
  const data = { email: normaliseEmail(login.email), passwordHash: login.passwordHash };
  return (await tx.user.create({ data })).id;
}

/** One conditional statement: under any race no more people come in than there are places. */
async function takePlace(tx: Transaction, linkId: string): Promise<void> {
  const taken = await tx.$executeRaw`
    UPDATE link SET used = used + 1
    WHERE id = ${linkId}::uuid AND used < capacity AND revoked_at IS NULL AND expires_at > now()`;
  if (taken === 0) throw usedUp("used");
}

function addMember(tx: Transaction, link: UsableLink, userId: string, { name, locale }: Joiner): Promise<Member> {
  const { workspaceId, role } = link;
  return tx.member.create({ data: { workspaceId, role, userId, name, locale } });
}

async function recordConsent(tx: Transaction, link: UsableLink, memberId: string): Promise<void> {
  if (link.consent === null) return;
  await tx.member.update({ where: { id: memberId }, data: { consentedAt: await databaseNow(tx) } });
}

/**
 * Sets a new password by a reset link, which ends every session and API token of the login. Looked at once more here: the
 * login may have joined another workspace since the link was made.
 *
 * @throws DomainError link_used_up, not_found, account_disabled; forbidden for a login of several workspaces.
 */
export async function resetPassword(db: Database, link: UsableLink, passwordHash: string): Promise<Member> {
  return db.$transaction(async (tx) => {
    await takePlace(tx, link.id);
    const member = await tx.member.findFirst({ where: { workspaceId: link.workspaceId, id: link.memberId ?? "" } });
    if (!member?.userId) throw refused("linkLeadsNowhere");
    if (member.disabledAt) throw refused("accountDisabled");
    await assertLoginOfOneWorkspace(tx, member.userId);
    await setPassword(tx, member.userId, passwordHash);
    await recordAudit(tx, member, "password.reset", member.id, { linkId: link.id });
    return member;
  });
}
