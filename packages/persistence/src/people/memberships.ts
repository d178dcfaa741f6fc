import { type Membership, refused } from "@touchstone/contracts";
import type { Database } from "../client.ts";

interface Self {
  id: string;
}

/** The workspaces that whoever this member is may sign in to, this one included; where they were last first. */
export async function listMemberships(db: Database, { id }: Self): Promise<Membership[]> {
  const members = await db.member.findMany({
    where: {
      kind: "person",
      disabledAt: null,
      // Who has no login is nobody elsewhere.
      OR: [{ id }, { user: { members: { some: { id } } } }],
    },
    orderBy: [{ signedInAt: { sort: "desc", nulls: "last" } }, { id: "asc" }],
    select: { role: true, workspace: { select: { id: true, name: true } } },
  });
  return members.map(({ role, workspace }) => ({ ...workspace, role }));
}

/**
 * As whom this member goes on in another workspace of the same login.
 *
 * @throws DomainError not_found for a workspace that the login doesn't belong to; forbidden where it is disabled.
 */
export async function findMemberElsewhere(
  db: Database,
  { id }: Self,
  workspaceId: string,
): Promise<{ id: string; workspaceId: string }> {
  const member = await db.member.findFirst({
    where: { workspaceId, kind: "person", user: { members: { some: { id } } } },
    select: { id: true, workspaceId: true, disabledAt: true },
  });
  if (!member) throw refused("notThere", { kind: "workspace", at: "workspaceId" });
  if (member.disabledAt) throw refused("accountDisabled");
  return { id: member.id, workspaceId: member.workspaceId };
}
