import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";
import { listed } from "./members.ts";
import { closeSessionsOf } from "./sessions.ts";

/** A member's name is theirs to change; what they did stays theirs under the new one. */
export async function renameMember(db: Database, self: MemberActor, name: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.member.update({
      where: { workspaceId_id: { workspaceId: self.workspaceId, id: self.id } },
      data: { name },
    });
    await recordAudit(tx, self, "member.renamed", self.id, { name });
  });
}

/** Which languages a member reads is theirs to say. */
export async function sayLanguages(db: Database, self: MemberActor, languages: string[]): Promise<void> {
  await db.$transaction(async (tx) => {
    const where = { workspaceId_id: { workspaceId: self.workspaceId, id: self.id } };
    await tx.member.update({ where, data: { languages } });
    await recordAudit(tx, self, "member.changed", self.id, { languages: listed(languages) });
  });
}

/** The login behind a member, by which they prove who they are; null for those who cannot sign in. */
export async function findOwnLogin(db: Database, self: MemberActor) {
  const member = await db.member.findFirst({
    where: { id: self.id, workspaceId: self.workspaceId },
    select: { userId: true, user: { select: { email: true, passwordHash: true } } },
  });
  return member?.userId && member.user ? { userId: member.userId, ...member.user } : null;
}

/** Sets a new password, which ends every session of the login but the one that `secret` opens. */
export async function changePassword(
  db: Database,
  self: MemberActor,
  change: { userId: string; passwordHash: string; secret: string },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { members } = await tx.user.update({
      where: { id: change.userId },
      data: { passwordHash: change.passwordHash },
      select: { members: { select: { id: true } } },
    });
    const memberIds = members.map(({ id }) => id);
    await closeSessionsOf(tx, memberIds, change.secret);
    await recordAudit(tx, self, "password.changed", self.id, {});
  });
}
