import { DomainError, refused } from "@touchstone/contracts";
import type { Database } from "../client.ts";

export interface Login {
  userId: string;
  passwordHash: string;
  /** Memberships that may sign in: where they did so last first, then the oldest. */
  members: { id: string; workspaceId: string }[];
  /** Workspaces whose admins have disabled them. */
  disabledIn: string[];
}

/** E-mail addresses are compared without regard to case, as every provider that matters does. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** The login behind an address, or null. */
export async function findLogin(db: Database, email: string): Promise<Login | null> {
  const user = await db.user.findUnique({
    where: { email: normaliseEmail(email) },
    include: {
      members: {
        where: { kind: "person" },
        orderBy: [{ signedInAt: { sort: "desc", nulls: "last" } }, { id: "asc" }],
        select: { id: true, workspaceId: true, disabledAt: true },
      },
    },
  });
  if (!user) return null;
  const members = user.members.filter(({ disabledAt }) => disabledAt === null);
  const disabledIn = user.members.flatMap(({ disabledAt, workspaceId }) => (disabledAt === null ? [] : workspaceId));
  return { userId: user.id, passwordHash: user.passwordHash, members, disabledIn };
}

/**
 * As whom a login signs in: in the workspace it names, else where it was last.
 *
 * @throws DomainError account_disabled where an admin has disabled it; not_found for a workspace it doesn't belong to.
 */
export function chooseMember(
  { members, disabledIn }: Login,
  workspaceId?: string,
): Login["members"][number] | undefined {
  const chosen = members.find((one) => workspaceId === undefined || one.workspaceId === workspaceId);
  if (chosen) return chosen;
  const disabled = workspaceId === undefined ? disabledIn.length > 0 : disabledIn.includes(workspaceId);
  if (disabled) throw new DomainError("account_disabled", "Your account here has been disabled.");
  if (workspaceId !== undefined) throw refused("notThere", { kind: "workspace", at: "workspaceId" });
  return undefined;
}
