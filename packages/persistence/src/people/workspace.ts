import { recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";
import { normaliseEmail } from "./logins.ts";

export interface WorkspaceDraft {
  workspaceName: string;
  adminName: string;
  adminEmail: string;
  /** An argon2id hash. Where the address already has a login, that one keeps its password. */
  passwordHash: string;
}

/** A new tenant with its first admin. */
export async function createWorkspaceWithAdmin(
  db: Database,
  draft: WorkspaceDraft,
): Promise<{ workspaceId: string; memberId: string; userId: string }> {
  const email = normaliseEmail(draft.adminEmail);
  return db.$transaction(async (tx) => {
    const workspace = await tx.workspace.create({ data: { name: draft.workspaceName } });
    const user = await tx.user.upsert({
      where: { email },
      create: { email, passwordHash: draft.passwordHash },
      update: {},
    });
    const member = await tx.member.create({
      data: { workspaceId: workspace.id, userId: user.id, role: "admin", name: draft.adminName },
    });
    await recordAudit(tx, { workspaceId: workspace.id, id: null }, "workspace.created", workspace.id, {});
    return { workspaceId: workspace.id, memberId: member.id, userId: user.id };
  });
}

/** @throws Error when there is none: whoever asks has just been shown to belong to it. */
export function readWorkspace(db: Database, id: string): Promise<{ id: string; name: string }> {
  return db.workspace.findUniqueOrThrow({ where: { id }, select: { id: true, name: true } });
}
