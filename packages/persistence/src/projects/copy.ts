import { mostCopied, type ProjectCopyDraft, type ProjectView, refused } from "@touchstone/contracts";
import type pg from "pg";
import { z } from "zod";
import { type Actor, recordAuditBy } from "../audit/record.ts";
import type { Database } from "../client.ts";
import { clientTransaction } from "../client-transaction.ts";
import type { FileStore } from "../files/file-store.ts";
import type { MediaLimits } from "../media/store.ts";
import { copy } from "./copy-rows.ts";
import { MediaCopies, ofCopy } from "./media-copies.ts";
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
  { db, pool, files }: { readonly db: Database; readonly pool: pg.Pool; readonly files: FileStore },
  by: Actor,
  from: string,
  { name, take }: ProjectCopyDraft,
  limits: MediaLimits,
): Promise<ProjectView> {
  const to = await newProjectId(pool);
  const media = new MediaCopies(files, by.workspaceId, from, to);
  try {
    await clientTransaction(pool, async (client) => {
      await client.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      const counts = await countRows(client, by.workspaceId, from);
      const copied = take === "prompts" ? counts : { prompts: 0, completions: 0, tasks: 0 };
      const count = copied.prompts + copied.completions + copied.tasks;
      if (count > mostCopied) throw refused("copyTooLarge", { count, limit: mostCopied, at: "take" });
      await copySettings(client, from, to, name);
      await copyQuestionnaires(client, from, to, take);
      if (take === "prompts") {
        await media.take(client, limits);
        await copyRows(client, from, to);
      }
      await recordAuditBy(client, by, "project.created", to, { name, copyOf: from, ...copied });
    });
  } catch (error) {
    await media.forget();
    throw error;
  }
  return getProject(db, by.workspaceId, to);
}

async function newProjectId(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>("SELECT uuidv7() AS id");
  return z.uuid().parse(rows[0]?.id);
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

const newestGuideline = "(SELECT id FROM guideline WHERE project_id = $1 ORDER BY version DESC LIMIT 1)";

/** The row, its newest guideline as the first version, and its texts in other languages. */
async function copySettings(client: pg.PoolClient, from: string, to: string, name: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>("SELECT uuidv7() AS id");
  const guideline = z.uuid().parse(rows[0]?.id);
  const fresh = `jsonb_build_object('id', $2::uuid, 'name', $3::text, 'state', 'active', 'created_at', now(),
    'guideline_version', 0, 'guideline_required', 0)`;
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
    `jsonb_build_object('id', p.new, 'project_id', $2::uuid, 'import_id', NULL, 'created_at', now(),
      'messages', ${ofCopy.messages("r.messages")})`,
    scope,
  );
  await copy(
    client,
    "completion",
    { joined: "JOIN copied_completion c ON c.old = r.id JOIN copied_prompt p ON p.old = r.prompt_id" },
    `jsonb_build_object('id', c.new, 'prompt_id', p.new, 'import_id', NULL, 'created_at', now(),
      'media', ${ofCopy.refs("r.media")})`,
    [],
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
  await copy(
    client,
    "media_use",
    {
      joined: `JOIN copied_media d ON d.old = r.media_id
        LEFT JOIN copied_prompt p ON p.old = r.prompt_id
        LEFT JOIN copied_completion c ON c.old = r.completion_id`,
      where: "p.new IS NOT NULL OR c.new IS NOT NULL",
    },
    "jsonb_build_object('id', uuidv7(), 'media_id', d.new, 'prompt_id', p.new, 'completion_id', c.new)",
    [],
  );
}
