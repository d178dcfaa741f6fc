import { refused } from "@touchstone/contracts";
import type pg from "pg";
import type { Manifest } from "./form.ts";

/** @throws DomainError where the project is here already, in whatever workspace, or is being deleted. */
export async function assertIdsFree(client: pg.ClientBase, workspaceId: string, { project }: Manifest): Promise<void> {
  const { rows } = await client.query<{ name: string; isOurs: boolean; isGoing: boolean }>(
    `SELECT name, workspace_id = $2 AS "isOurs", deleted_at IS NOT NULL AS "isGoing" FROM project WHERE id = $1`,
    [project.id, workspaceId],
  );
  const [there] = rows;
  if (!there) return;
  if (!there.isOurs) throw refused("archiveElsewhere");
  if (there.isGoing) throw refused("archiveProjectGoing");
  throw refused("archiveProjectThere", { name: there.name });
}
