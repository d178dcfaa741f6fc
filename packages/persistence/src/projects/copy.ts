import { mostCopied, type ProjectCopyDraft, type ProjectView, refused } from "@touchstone/contracts";
import type pg from "pg";
import { z } from "zod";
import { type Actor, recordAuditBy } from "../audit/record.ts";
import { quoted } from "../backup/tables.ts";
import type { Database } from "../client.ts";
import { clientTransaction } from "../client-transaction.ts";
import { getProject } from "./queries.ts";

const Counts = z.object({ prompts: z.number(), completions: z.number(), tasks: z.number() });

/**
 * Another project with the same settings, questions, guideline and translations; with `prompts` its prompts, answers and
 * tasks as well. Judgements stay where they were made, and evaluations do: each task of the copy begins with nobody's.
 * It is made in one transaction, of what is there at its beginning.
 *
 * @throws DomainError not_found, also for a project of another workspace; conflict where there is more than one copy takes.
 */
export async function copyProject(
  { db, pool }: { readonly db: Database; readonly pool: pg.Pool },
  by: Actor,
  from: string,
  { name, take }: ProjectCopyDraft,
): Promise<ProjectView> {
  const id = await clientTransaction(pool, async (client) => {
    await client.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    const counts = await countRows(client, by.workspaceId, from);
    const copied = take === "prompts" ? counts : { prompts: 0, completions: 0, tasks: 0 };
    const count = copied.prompts + copied.completions + copied.tasks;
    if (count > mostCopied) throw refused("copyTooLarge", { count, limit: mostCopied, at: "take" });
    const to = await copySettings(client, from, name);
    await copyQuestionnaires(client, from, to, take);
    if (take === "prompts") await copyRows(client, from, to);
    await recordAuditBy(client, by, "project.created", to, { name, copyOf: from, ...copied });
    return to;
  });
  return getProject(db, by.workspaceId, id);
}

async function countRows(client: pg.PoolClient, workspaceId: string, from: string) {
  const { rows } = await client.query(
    `SELECT (SELECT count(*) FROM prompt WHERE project_id = p.id)::int AS prompts,
       (SELECT count(*) FROM completion c JOIN prompt m ON m.id = c.prompt_id WHERE m.project_id = p.id)::int AS completions,
       (SELECT count(*) FROM task t WHERE t.project_id = p.id AND t.evaluation_id IS NULL)::int AS tasks
     FROM project p WHERE p.workspace_id = $1 AND p.id = $2`,
    [workspaceId, from],
  );
  if (rows.length === 0) throw refused("notThere", { kind: "project" });
  return Counts.parse(rows[0]);
}

/**
 * Inserts copies of a table's rows, whatever columns it has: all stays but what `changes` says.
 *
 * @param which what follows the table, whose rows are called `r`: further tables and a condition.
 * @param changes SQL of a JSON object with the columns that differ.
 */
async function copy(
  client: pg.PoolClient,
  table: string,
  { joined = "", where = "true" }: { readonly joined?: string; readonly where?: string },
  changes: string,
  values: unknown[],
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname::text AS name FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [quoted(table)],
  );
  const names = rows.map(({ name }) => quoted(name));
  const made = names.map((name) => `made.${name}`).join(", ");
  await client.query(
    `INSERT INTO ${quoted(table)} (${names.join(", ")}) SELECT ${made} FROM ${quoted(table)} r ${joined}
     CROSS JOIN LATERAL jsonb_populate_record(r, ${changes}) made WHERE ${where}`,
    values,
  );
}

const newestGuideline = "(SELECT id FROM guideline WHERE project_id = $1 ORDER BY version DESC LIMIT 1)";

/** The row, its newest guideline as the first version, and its texts in other languages. @returns its id. */
async function copySettings(client: pg.PoolClient, from: string, name: string): Promise<string> {
  const { rows } = await client.query<{ to: string; guideline: string }>(
    `SELECT uuidv7() AS "to", uuidv7() AS guideline`,
  );
  const { to, guideline } = z.object({ to: z.uuid(), guideline: z.uuid() }).parse(rows[0]);
  const fresh = `jsonb_build_object('id', $2::uuid, 'name', $3::text, 'state', 'active', 'created_at', now())`;
  await copy(client, "project", { where: "r.id = $1" }, fresh, [from, to, name]);
  await copy(
    client,
    "guideline",
    { where: `r.id = ${newestGuideline}` },
    `jsonb_build_object('id', $3::uuid, 'project_id', $2::uuid, 'version', 1, 'created_at', now())`,
    [from, to, guideline],
  );
  const moved = "jsonb_build_object('project_id', $2::uuid)";
  await copy(client, "project_translation", { where: "r.project_id = $1" }, moved, [from, to]);
  await copy(
    client,
    "guideline_translation",
    { where: `r.guideline_id = ${newestGuideline}` },
    "jsonb_build_object('guideline_id', $2::uuid)",
    [from, guideline],
  );
  return to;
}

/** Tasks that are copied keep the version that they ask; without them each questionnaire begins anew with its newest. */
async function copyQuestionnaires(client: pg.PoolClient, from: string, to: string, take: ProjectCopyDraft["take"]) {
  const newest = "SELECT max(version) FROM questionnaire n WHERE n.project_id = r.project_id AND n.name = r.name";
  const where = take === "prompts" ? "r.project_id = $1" : `r.project_id = $1 AND r.version = (${newest})`;
  const version = take === "prompts" ? "r.version" : "1";
  const changes = `jsonb_build_object('id', uuidv7(), 'project_id', $2::uuid, 'version', ${version})`;
  await copy(client, "questionnaire", { where }, changes, [from, to]);
}

async function copyRows(client: pg.PoolClient, from: string, to: string): Promise<void> {
  const scope = [from, to];
  await client.query(
    `CREATE TEMP TABLE copied_prompt ON COMMIT DROP AS
     SELECT id AS old, uuidv7() AS new FROM (SELECT id FROM prompt WHERE project_id = '${z.uuid().parse(from)}' ORDER BY id) p`,
  );
  await client.query("CREATE UNIQUE INDEX ON copied_prompt (old)");
  await client.query(
    `CREATE TEMP TABLE copied_completion ON COMMIT DROP AS
     SELECT id AS old, uuidv7() AS new FROM (
       SELECT c.id FROM completion c JOIN copied_prompt p ON p.old = c.prompt_id ORDER BY c.id) c`,
  );
  await client.query("CREATE UNIQUE INDEX ON copied_completion (old)");
  await client.query("ANALYZE copied_prompt, copied_completion");
  await copy(
    client,
    "prompt",
    { joined: "JOIN copied_prompt p ON p.old = r.id", where: "r.project_id = $1" },
    "jsonb_build_object('id', p.new, 'project_id', $2::uuid, 'import_id', NULL, 'created_at', now())",
    scope,
  );
  await copy(
    client,
    "completion",
    { joined: "JOIN copied_completion c ON c.old = r.id JOIN copied_prompt p ON p.old = r.prompt_id" },
    "jsonb_build_object('id', c.new, 'prompt_id', p.new, 'import_id', NULL, 'created_at', now())",
    [],
  );
  // Pictures and sounds stay one file: the copies show it too, so that it stays while any of them is there.
  await client.query(
    `INSERT INTO media_use (workspace_id, media_id, prompt_id, completion_id)
     SELECT u.workspace_id, u.media_id, p.new, c.new FROM media_use u
     LEFT JOIN copied_prompt p ON p.old = u.prompt_id LEFT JOIN copied_completion c ON c.old = u.completion_id
     WHERE p.new IS NOT NULL OR c.new IS NOT NULL`,
  );
  await copy(
    client,
    "task",
    {
      joined: `JOIN copied_prompt p ON p.old = r.prompt_id
        JOIN project o ON o.id = r.project_id
        JOIN questionnaire q ON q.id = r.questionnaire_id
        JOIN questionnaire n ON n.project_id = $2 AND n.name = q.name AND n.version = q.version
        CROSS JOIN LATERAL (
          SELECT coalesce(jsonb_agg(c.new ORDER BY u.place), '[]') AS ids
          FROM unnest(r.completion_ids) WITH ORDINALITY AS u(id, place) JOIN copied_completion c ON c.old = u.id) answers`,
      where: "r.project_id = $1 AND r.evaluation_id IS NULL",
    },
    `jsonb_build_object('id', uuidv7(), 'project_id', $2::uuid, 'questionnaire_id', n.id, 'prompt_id', p.new,
       'completion_ids', answers.ids, 'overlap', o.overlap, 'import_id', NULL, 'created_at', now(),
       'state', CASE r.state WHEN 'paused' THEN 'paused' ELSE 'open' END)`,
    scope,
  );
}
