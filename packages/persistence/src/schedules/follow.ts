import type pg from "pg";

/** A schedule that fires after so many judgements more would else wait for those that are gone to be made up for. */
export async function letSchedulesFollow(
  client: pg.ClientBase,
  of: { readonly workspaceId: string } | { readonly projectId: string },
): Promise<void> {
  const [column, id] = "projectId" in of ? ["project_id", of.projectId] : ["workspace_id", of.workspaceId];
  await client.query(
    `UPDATE schedule s SET fired_at_count = least(s.fired_at_count, (SELECT count(*)::int FROM effective_judgement e
       WHERE e.project_id = s.project_id AND (s.includes_simulated OR e.source <> 'simulated')))
     WHERE s.${column} = $1 AND s.fired_at_count > 0`,
    [id],
  );
}
