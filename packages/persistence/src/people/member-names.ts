import type { Database } from "../client.ts";

/** How members are called; null of nobody, and of whoever is there no more. */
export async function memberNames(
  db: Pick<Database, "member">,
  memberIds: readonly (string | null)[],
): Promise<(memberId: string | null) => string | null> {
  const ids = [...new Set(memberIds.filter((id) => id !== null))];
  if (ids.length === 0) return () => null;
  const members = await db.member.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return (id) => names.get(id ?? "") ?? null;
}
