import { createHash } from "node:crypto";
import { Dependants, refused } from "@touchstone/contracts";
import { selectedIds } from "../browse/selection.ts";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { assertProject } from "../projects/queries.ts";

type Selection = Parameters<typeof selectedIds>[2];

/** What is to be deleted: a project, or these prompts of it. */
export interface Doomed {
  readonly workspaceId: string;
  readonly projectId: string;
  /** Null: all of the project, and the project itself. */
  readonly prompts: readonly string[] | null;
  /** Selected items that are not there, and items of these prompts that were not selected. */
  readonly gone: number;
  readonly further: number;
}

/** Prompts of a project and nothing else of it. */
export type DoomedPrompts = Doomed & { readonly prompts: readonly string[] };

export function wholeProject(workspaceId: string, projectId: string): Doomed {
  return { workspaceId, projectId, prompts: null, gone: 0, further: 0 };
}

/**
 * The prompts of selected items: all items of a prompt go with it.
 *
 * @throws DomainError not_found for a project of another workspace; conflict for a selection of too many, or of nothing that is there.
 */
export async function promptsOfItems(
  db: Database,
  workspaceId: string,
  projectId: string,
  selection: Selection,
): Promise<DoomedPrompts> {
  await assertProject(db, workspaceId, projectId);
  const asked = await selectedIds(db, projectId, selection);
  const [row] = await db.$queryRaw<{ prompts: string[]; found: number; items: number }[]>`
    WITH chosen AS (SELECT t.id, t.prompt_id FROM task t WHERE t.id = ANY (${asked}::uuid[]) AND t.project_id = ${projectId}::uuid)
    SELECT ARRAY(SELECT DISTINCT prompt_id FROM chosen ORDER BY prompt_id) AS prompts, (SELECT count(*)::int FROM chosen) AS found,
      (SELECT count(*)::int FROM task t WHERE t.prompt_id IN (SELECT prompt_id FROM chosen)) AS items`;
  const { prompts = [], found = 0, items = 0 } = row ?? {};
  if (prompts.length === 0) throw refused("nothingToDelete");
  return { workspaceId, projectId, prompts, gone: asked.length - found, further: items - found };
}

/**
 * All that depends on what is to be deleted, at one instant; it counts what is stored, so it takes as long as that is much.
 *
 * @throws DomainError not_found, also for a project of another workspace or one that is being deleted.
 */
export async function findDependants(db: Database | Transaction, doomed: Doomed): Promise<Dependants> {
  const { projectId, workspaceId, prompts, gone, further } = doomed;
  const where = { id: projectId, workspaceId, deletedAt: null };
  const project = await db.project.findFirst({ where, select: { id: true, name: true } });
  if (!project) throw refused("notThere", { kind: "project" });
  const of = conditionsOf(doomed);
  const [counts] = await db.$queryRaw<object[]>`
    SELECT (SELECT count(*)::int FROM prompt p WHERE ${of.prompt}) AS prompts,
      (SELECT count(*)::int FROM completion c JOIN prompt p ON p.id = c.prompt_id WHERE ${of.prompt}) AS answers,
      (SELECT count(*)::int FROM task t WHERE ${of.task}) AS tasks,
      j.judgements, j.people,
      (SELECT count(*)::int FROM lease l JOIN task t ON t.id = l.task_id
        WHERE l.project_id = ${projectId}::uuid AND l.state = 'held' AND ${of.task}) AS held,
      (SELECT count(*)::int FROM inquiry q JOIN task t ON t.id = q.task_id WHERE q.project_id = ${projectId}::uuid AND ${of.task}) AS inquiries,
      (SELECT count(*)::int FROM media m WHERE m.project_id = ${projectId}::uuid AND ${of.media}) AS media,
      ${prompts === null ? ofProjectAlone(projectId) : nothingOfProject}
    FROM (SELECT count(*)::int AS judgements, count(DISTINCT j.member_id)::int AS people FROM judgement j
      WHERE j.kind = 'answer' AND ${of.judgement}) j`;
  const labelSets = await labelSetsOf(db, doomed);
  const runs = await db.$queryRaw<{ underWay: boolean }[]>`
    SELECT r.id, r.name, r.number, r.kind::text AS kind, r.state IN ('waiting', 'queued', 'running') AS "underWay" FROM run r
    WHERE r.project_id = ${projectId}::uuid ORDER BY r.number`;
  const sets = labelSets.map(({ id }) => id);
  const models = await db.$queryRaw<object[]>`
    SELECT v.id, v.name, v.number, v.kind::text AS kind FROM model_version v WHERE v.workspace_id = ${workspaceId}::uuid
      AND (v.label_set_id = ANY (${sets}::uuid[]) OR ${prompts === null ? Prisma.sql`v.project_id = ${projectId}::uuid` : Prisma.sql`false`})
    ORDER BY v.number`;
  const evaluations = await evaluationsOf(db, doomed);
  const named = { project, counts, gone, further, labelSets, models, evaluations };
  // Of prompts, runs stay: only what is under way is in the way.
  const listed = prompts === null ? runs : runs.filter(({ underWay }) => underWay);
  return Dependants.parse({ ...named, runs: listed, stamp: stampOf(doomed, { ...named, runs: listed }) });
}

/** Of aliases p, t, j and m: whether it goes. */
function conditionsOf({ projectId, prompts }: Doomed) {
  if (prompts === null) {
    const ofProject = (alias: "p" | "t" | "j") => Prisma.sql`${Prisma.raw(alias)}.project_id = ${projectId}::uuid`;
    return { prompt: ofProject("p"), task: ofProject("t"), judgement: ofProject("j"), media: Prisma.sql`true` };
  }
  const ids = [...prompts];
  const shown = (which: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT FROM media_use u LEFT JOIN completion c ON c.id = u.completion_id
    WHERE u.media_id = m.id AND coalesce(u.prompt_id, c.prompt_id) ${which} ANY (${ids}::uuid[]))`;
  return {
    prompt: Prisma.sql`p.id = ANY (${ids}::uuid[])`,
    task: Prisma.sql`t.prompt_id = ANY (${ids}::uuid[])`,
    judgement: Prisma.sql`j.task_id IN (SELECT t.id FROM task t WHERE t.prompt_id = ANY (${ids}::uuid[]))`,
    media: Prisma.sql`${shown(Prisma.sql`=`)} AND NOT EXISTS (
      SELECT FROM media_use u LEFT JOIN completion c ON c.id = u.completion_id
      WHERE u.media_id = m.id AND coalesce(u.prompt_id, c.prompt_id) <> ALL (${ids}::uuid[]))`,
  };
}

function ofProjectAlone(projectId: string): Prisma.Sql {
  const many = (table: string) =>
    Prisma.sql`(SELECT count(*)::int FROM ${Prisma.raw(table)} x WHERE x.project_id = ${projectId}::uuid)`;
  return Prisma.sql`${many("guideline")} AS guidelines, ${many("import")} AS imports,
    (SELECT count(*)::int FROM audit_event e JOIN project p ON p.workspace_id = e.workspace_id
      WHERE p.id = ${projectId}::uuid AND e.action = 'export.opened' AND e.detail ->> 'projectId' = p.id::text) AS exports,
    ${many("saved_view")} AS views, ${many("schedule")} AS schedules, ${many("link")} AS links,
    (SELECT count(*)::int FROM project_access a WHERE a.project_id = ${projectId}::uuid
      AND NOT EXISTS (SELECT FROM project_access o WHERE o.member_id = a.member_id AND o.project_id <> a.project_id)) AS "onlyHere"`;
}

const nothingOfProject = Prisma.sql`0 AS guidelines, 0 AS imports, 0 AS exports, 0 AS views, 0 AS schedules, 0 AS links, 0 AS "onlyHere"`;

async function labelSetsOf(db: Database | Transaction, { projectId, prompts }: Doomed) {
  if (prompts === null) {
    return db.$queryRaw<{ id: string }[]>`
      SELECT s.id, s.sha256, coalesce((s.counts ->> 'judgements')::int, 0) AS judgements, coalesce((s.counts ->> 'judgements')::int, 0) AS going,
        to_char(s.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
      FROM label_set s WHERE s.project_id = ${projectId}::uuid ORDER BY s.id`;
  }
  return db.$queryRaw<{ id: string }[]>`
    SELECT s.id, s.sha256, coalesce((s.counts ->> 'judgements')::int, 0) AS judgements, g.going,
      to_char(s.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
    FROM (SELECT i.label_set_id AS id, count(*)::int AS going FROM task t JOIN judgement j ON j.task_id = t.id
      JOIN label_set_item i ON i.judgement_id = j.id WHERE t.prompt_id = ANY (${[...prompts]}::uuid[]) GROUP BY 1) g
    JOIN label_set s ON s.id = g.id ORDER BY s.id`;
}

async function evaluationsOf(db: Database | Transaction, { projectId, prompts }: Doomed) {
  const which = prompts === null ? Prisma.sql`true` : Prisma.sql`t.prompt_id = ANY (${[...prompts]}::uuid[])`;
  return db.$queryRaw<{ id: string; tasks: number }[]>`
    SELECT e.id, coalesce(e.name, c.name) AS candidate, b.name AS baseline, count(t.id)::int AS tasks
    FROM evaluation e JOIN model_version b ON b.id = e.baseline_id LEFT JOIN model_version c ON c.id = e.candidate_id
    LEFT JOIN task t ON t.evaluation_id = e.id AND ${which}
    WHERE e.project_id = ${projectId}::uuid GROUP BY e.id, c.name, b.name
    HAVING ${prompts === null ? Prisma.sql`true` : Prisma.sql`count(t.id) > 0`} ORDER BY e.id`;
}

/**
 * What must be as it was shown. What people do meanwhile (answers, held tasks, questions) goes on all the time and would
 * make every list old, so that is not in it.
 */
function stampOf({ prompts }: Doomed, named: Omit<Dependants, "stamp" | "counts"> | Record<string, unknown>): string {
  const { counts, ...rest } = named as Record<string, unknown>;
  const { held: _h, judgements: _j, people: _p, inquiries: _i, ...settled } = counts as Record<string, unknown>;
  const known = JSON.stringify({ prompts, settled, rest });
  return createHash("sha256").update(known).digest("hex").slice(0, 32);
}
