import { DomainError, type Locale, refused } from "@touchstone/contracts";
import { recordAudit } from "../audit/record.ts";
import { type Database, databaseNow, type Transaction } from "../client.ts";
import type { Member } from "../generated/client.ts";
import { hasAccess, type UsableLink, usedUp } from "./joining.ts";
import { normaliseEmail } from "./logins.ts";
import { assertLoginOfOneWorkspace, setPassword } from "./reset.ts";
import { hashSecret, newSecret } from "./secrets.ts";

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
    if (known && link.projectId && hasAccess(known, link.projectId)) return known;
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

/**
 * The same for whoever gives a name alone, where the link's maker allows it: a new annotator of the link's project and of
 * nothing else. Somebody who is called so already stays apart by a number.
 *
 * @returns the member, and the code by which they come back; it is stored as its hash only.
 * @throws DomainError link_used_up; invalid_value where the link wants a login.
 */
export async function joinByName(
  db: Database,
  link: UsableLink,
  { name, locale }: Pick<Joiner, "name" | "locale">,
): Promise<{ readonly member: Member; readonly returnCode: string }> {
  const { workspaceId, projectId } = link;
  if (!link.nameAlone || projectId === null) throw refused("neededToJoin", { at: "email" });
  const returnCode = newSecret();
  return db.$transaction(async (tx) => {
    // Its row is locked from here on, so that two of one name who come by one link get different numbers.
    await takePlace(tx, link.id);
    const called = await freeName(tx, workspaceId, name);
    const data = { workspaceId, role: "annotator", name: called, locale, returnHash: hashSecret(returnCode) } as const;
    const member = await tx.member.create({ data });
    await recordConsent(tx, link, member.id);
    await tx.projectAccess.create({ data: { workspaceId, projectId, memberId: member.id } });
    const consented = link.consent === null ? {} : { consented: true };
    await recordAudit(tx, member, "member.joined", member.id, { linkId: link.id, byName: true, ...consented });
    return { member, returnCode };
  });
}

/** Room for a number behind the longest of names. */
const longestNumbered = 110;

/** The name, or with the first number from 2 on that makes it nobody else's of the workspace. */
async function freeName(tx: Transaction, workspaceId: string, wanted: string): Promise<string> {
  const name = wanted.trim().normalize("NFC");
  const stem = [...name].slice(0, longestNumbered).join("");
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT lower(name) AS name FROM member
    WHERE workspace_id = ${workspaceId}::uuid AND kind = 'person'
      AND (lower(name) = lower(${name}) OR starts_with(lower(name), lower(${stem}) || ' ('))`;
  const taken = new Set(rows.map((row) => row.name));
  if (!taken.has(name.toLowerCase())) return name;
  for (let number = 2; ; number++) {
    const numbered = `${stem} (${number})`;
    if (!taken.has(numbered.toLowerCase())) return numbered;
  }
}

/**
 * Who comes back by the code that they were given when they joined by name alone.
 *
 * @throws DomainError not_found for an unknown code; account_disabled.
 */
export async function memberOfReturn(db: Database, code: string): Promise<{ id: string; workspaceId: string }> {
  const member = await db.member.findUnique({ where: { returnHash: hashSecret(code) } });
  if (!member) throw refused("returnUnknown", { at: "code" });
  if (member.disabledAt) throw new DomainError("account_disabled", "Your account here has been disabled.");
  return { id: member.id, workspaceId: member.workspaceId };
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
