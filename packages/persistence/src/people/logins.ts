import type { Database } from "../client.ts";

export interface Login {
  userId: string;
  passwordHash: string;
  /** Memberships that may sign in, oldest first. */
  members: { id: string; workspaceId: string }[];
  /** Has memberships, and all of them are disabled. */
  disabled: boolean;
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
        orderBy: { id: "asc" },
        select: { id: true, workspaceId: true, disabledAt: true },
      },
    },
  });
  if (!user) return null;
  const members = user.members.filter(({ disabledAt }) => disabledAt === null);
  const disabled = members.length === 0 && user.members.length > 0;
  return { userId: user.id, passwordHash: user.passwordHash, members, disabled };
}
