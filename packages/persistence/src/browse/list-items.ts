import type { ItemChoices, ItemCount, ItemFilter, ItemPage, ItemQuery } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { assertProject } from "../projects/queries.ts";
import { partsOf } from "./compared.ts";
import { countFound, findItems } from "./find-items.ts";
import { foundBy } from "./item-filter.ts";
import { readItemRows } from "./item-rows.ts";

/** Counting stops here: whoever has found so many looks for a narrower filter and not for the number. */
const countedUpTo = 1_001;
/** So many of each kind are offered; a menu of more would not be read. */
const mostChoices = 200;

/**
 * A page of a project's items, newest first. `cursor` is the `next` of the page before; rows that come meanwhile stand
 * before the first page and move nothing.
 *
 * @throws DomainError not_found for a project of another workspace; invalid_value for a search of marks alone.
 */
export async function listItems(
  db: Database,
  workspaceId: string,
  projectId: string,
  { cursor, limit, ...filter }: ItemQuery,
): Promise<ItemPage> {
  await assertProject(db, workspaceId, projectId);
  const { ids, next, lookedAt } = await findItems(db, projectId, filter, { cursor, limit });
  return { items: await readItemRows(db, ids), next, lookedAt };
}

/** @throws DomainError as `listItems` does. */
export async function countItems(
  db: Database,
  workspaceId: string,
  projectId: string,
  asked: ItemFilter,
): Promise<ItemCount> {
  await assertProject(db, workspaceId, projectId);
  const bound = countedUpTo;
  const { filter, comparing } = partsOf(asked);
  if (comparing !== null) return { count: null, bound };
  return { count: await countFound(db, await foundBy(db, projectId, filter), bound), bound };
}

const Choices = z.object({
  questions: z.array(z.string()),
  people: z.array(z.object({ id: z.uuid(), name: z.string() })),
  languages: z.array(z.string()),
  models: z.array(z.object({ value: z.string(), name: z.string() })),
  imports: z.array(z.object({ id: z.uuid(), fileName: z.string().nullable(), createdAt: z.string() })),
});

/**
 * What a project's items can be filtered by, from tables that stay small however many items there are.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function listItemChoices(db: Database, workspaceId: string, projectId: string): Promise<ItemChoices> {
  await assertProject(db, workspaceId, projectId);
  const [row] = await db.$queryRaw<unknown[]>`
    SELECT
      ARRAY(SELECT DISTINCT name FROM questionnaire WHERE project_id = ${projectId}::uuid ORDER BY 1 LIMIT ${mostChoices}) AS questions,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name)) FROM (
        SELECT m.id, m.name FROM member m WHERE m.workspace_id = ${workspaceId}::uuid
          AND EXISTS (SELECT FROM lease l JOIN task t ON t.id = l.task_id
            WHERE l.member_id = m.id AND l.state IN ('judged', 'surplus') AND l.slot > 0 AND t.project_id = ${projectId}::uuid)
        ORDER BY m.name, m.id LIMIT ${mostChoices}) m), '[]') AS people,
      ARRAY(SELECT value FROM task_facet WHERE project_id = ${projectId}::uuid AND kind = 'language'
        ORDER BY 1 LIMIT ${mostChoices}) AS languages,
      coalesce((SELECT jsonb_agg(jsonb_build_object('value', f.value, 'name', coalesce(v.name || ' ' || v.number, f.value))) FROM (
        SELECT value FROM task_facet WHERE project_id = ${projectId}::uuid AND kind = 'model' ORDER BY 1 LIMIT ${mostChoices}) f
        LEFT JOIN model_version v ON v.id::text = f.value AND v.workspace_id = ${workspaceId}::uuid), '[]') AS models,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', i.id, 'fileName', i.file_name,
          'createdAt', to_char(i.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) FROM (
        SELECT * FROM import WHERE project_id = ${projectId}::uuid ORDER BY id DESC LIMIT ${mostChoices}) i), '[]') AS imports`;
  return Choices.parse(row);
}
