import { refused } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { assertProject } from "../projects/queries.ts";

/** The set that people made the latest of a project last, as an expression; null where they made none. */
export const latestOf = (projectId: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT l.label_set_id FROM label_set_note l WHERE l.project_id = ${projectId} AND l.published_at IS NOT NULL
  ORDER BY l.published_at DESC, l.label_set_id DESC LIMIT 1)`;

/** The set that the project's address of the latest leads to. @throws DomainError not_found where none was made that. */
export async function latestLabelSet(db: Database, workspaceId: string, projectId: string): Promise<string> {
  await assertProject(db, workspaceId, projectId);
  const [row] = await db.$queryRaw<{ id: string | null }[]>`SELECT ${latestOf(Prisma.sql`${projectId}::uuid`)} AS id`;
  if (!row?.id) throw refused("noLatestLabelSet");
  return row.id;
}
