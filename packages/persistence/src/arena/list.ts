import { ArenaBattleRow, type BattleQuery } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { assertProject } from "../projects/queries.ts";
import { called, revealed } from "./battle-row.ts";

/** A line of a list. */
const excerptCharacters = 200;

/**
 * A project's battles, newest first. Which policies they are of is told of those that can't be voted on any more: whoever
 * reads this may have one open.
 *
 * @throws DomainError not_found
 */
export async function listBattles(
  db: Database,
  workspaceId: string,
  projectId: string,
  { cursor, limit, state }: BattleQuery,
): Promise<{ items: ArenaBattleRow[]; next: string | null }> {
  await assertProject(db, workspaceId, projectId);
  const rows = await db.arenaBattle.findMany({
    where: {
      ...{ workspaceId, projectId },
      ...(state === undefined ? {} : { state }),
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    include: {
      ...{ a: called, b: called, member: { select: { name: true } } },
      ...{ turns: { where: { number: 1 }, select: { text: true } }, _count: { select: { turns: true } } },
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const items = page.map(({ a, b, member, turns, _count, createdAt, endedAt, ...row }) =>
    ArenaBattleRow.parse({
      ...row,
      person: member.name,
      excerpt: [...(turns[0]?.text ?? "")].slice(0, excerptCharacters).join(""),
      turns: _count.turns,
      a: row.state === "open" ? null : revealed(a),
      b: row.state === "open" ? null : revealed(b),
      createdAt: createdAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    }),
  );
  return { items, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
