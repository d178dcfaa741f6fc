import { refused } from "@touchstone/contracts";
import type { Database } from "../client.ts";

/** The project of a label set. @throws DomainError not_found, also for a set of another workspace. */
export async function projectOfLabelSet(
  db: Pick<Database, "labelSet">,
  workspaceId: string,
  id: string,
): Promise<string> {
  const where = { workspaceId, id, project: { deletedAt: null } };
  const set = await db.labelSet.findFirst({ where, select: { projectId: true } });
  if (!set) throw refused("notThere", { kind: "labelSet" });
  return set.projectId;
}
