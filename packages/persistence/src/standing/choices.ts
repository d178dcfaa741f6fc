import { StandingChoices } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { assertProject } from "../projects/queries.ts";
import { orderingQuestionnaires } from "./counted-judgements.ts";

/** So many of each kind are offered; a menu of more would not be read. */
const mostChoices = 200;

/**
 * What the standing of a project's models can be narrowed to, from tables that stay small however much is judged.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function listStandingChoices(
  db: Database,
  workspaceId: string,
  projectId: string,
): Promise<StandingChoices> {
  await assertProject(db, workspaceId, projectId);
  const [row] = await db.$queryRaw<object[]>`
    SELECT
      ARRAY(SELECT value FROM task_facet WHERE project_id = ${projectId}::uuid AND kind = 'language'
        ORDER BY 1 LIMIT ${mostChoices}) AS languages,
      ARRAY(SELECT number FROM batch WHERE project_id = ${projectId}::uuid ORDER BY 1 LIMIT ${mostChoices}) AS batches,
      ARRAY(SELECT DISTINCT unnest(groups) FROM member WHERE workspace_id = ${workspaceId}::uuid
        ORDER BY 1 LIMIT ${mostChoices}) AS groups,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', i.id, 'fileName', i.file_name,
          'createdAt', to_char(i.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) FROM (
        SELECT * FROM import WHERE project_id = ${projectId}::uuid ORDER BY id DESC LIMIT ${mostChoices}) i), '[]') AS imports`;
  const asked = new Map<string, Set<string>>();
  for (const { name, ordering } of (await orderingQuestionnaires(db, projectId, {})).values()) {
    const names = asked.get(name) ?? new Set();
    for (const question of ordering) names.add(question.name);
    asked.set(name, names);
  }
  const questions = [...asked].map(([question, names]) => ({ question, asked: [...names] }));
  return StandingChoices.parse({ ...row, questions });
}
