import { ModelDependants, refused } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import type { StepTools } from "../steps.ts";
import { findModel } from "./queries.ts";
import { modelFiles } from "./view.ts";

/** As many of each are named; more say nothing that these don't. */
const namedAtMost = 20;

/**
 * What keeps a model from being deleted: all that would have no origin, or none that can be looked at, without it.
 *
 * @throws DomainError not_found
 */
export async function modelDependants(
  db: Database | Transaction,
  workspaceId: string,
  id: string,
): Promise<ModelDependants> {
  await findModel(db, workspaceId, id);
  const usedIn = await db.$queryRaw<object[]>`
    SELECT p.id, p.name FROM model_promotion x JOIN project p ON p.id = x.project_id
    WHERE x.model_version_id = ${id}::uuid AND x.ended_at IS NULL ORDER BY p.id LIMIT ${namedAtMost}`;
  const models = await db.$queryRaw<object[]>`
    SELECT v.id, coalesce(v.given_name, v.name) AS name, v.number, v.kind::text AS kind FROM model_version v
    WHERE v.workspace_id = ${workspaceId}::uuid AND (v.parent_id = ${id}::uuid OR v.reward_id = ${id}::uuid)
    ORDER BY v.id LIMIT ${namedAtMost}`;
  // Of those that have ended, what they made names the model by itself.
  const runs = await db.$queryRaw<object[]>`
    SELECT r.id, r.name, r.number, r.kind::text AS kind, true AS "underWay" FROM run r
    WHERE r.workspace_id = ${workspaceId}::uuid AND (r.policy_id = ${id}::uuid OR r.reward_id = ${id}::uuid)
      AND r.state IN ('waiting', 'queued', 'running') ORDER BY r.id LIMIT ${namedAtMost}`;
  const evaluations = await db.$queryRaw<object[]>`
    SELECT e.id, coalesce(e.name, c.name) AS candidate, b.name AS baseline
    FROM evaluation e JOIN model_version b ON b.id = e.baseline_id LEFT JOIN model_version c ON c.id = e.candidate_id
    WHERE e.workspace_id = ${workspaceId}::uuid AND (e.candidate_id = ${id}::uuid OR e.baseline_id = ${id}::uuid OR e.reward_id = ${id}::uuid
      OR EXISTS (SELECT FROM evaluation_other o WHERE o.evaluation_id = e.id AND o.model_version_id = ${id}::uuid))
    ORDER BY e.id LIMIT ${namedAtMost}`;
  const answers = await db.$queryRaw<object[]>`
    SELECT p.id, p.name, count(*)::int AS count FROM completion c
    JOIN prompt q ON q.id = c.prompt_id JOIN project p ON p.id = q.project_id
    WHERE c.model_version_id = ${id}::uuid GROUP BY p.id, p.name ORDER BY p.id LIMIT ${namedAtMost}`;
  const labelSets = answers.length === 0 ? [] : await labelSetsOf(db, id);
  const named = { usedIn, models, runs, evaluations, labelSets, answers };
  const free = Object.values(named).every((rows) => rows.length === 0);
  return ModelDependants.parse({ ...named, free });
}

/** Sets with judgements of tasks that show an answer of the model. */
async function labelSetsOf(db: Database | Transaction, id: string): Promise<object[]> {
  return db.$queryRaw<object[]>`
    SELECT s.id, s.sha256, coalesce((s.counts ->> 'judgements')::int, 0) AS judgements, g.going,
      to_char(s.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
    FROM (SELECT i.label_set_id AS id, count(*)::int AS going
      FROM (SELECT DISTINCT t.id FROM completion c JOIN task t ON t.prompt_id = c.prompt_id AND c.id = ANY (t.completion_ids)
        WHERE c.model_version_id = ${id}::uuid) t
      JOIN judgement j ON j.task_id = t.id JOIN label_set_item i ON i.judgement_id = j.id GROUP BY 1) g
    JOIN label_set s ON s.id = g.id ORDER BY s.id LIMIT ${namedAtMost}`;
}

/**
 * Deletes a model on which nothing depends. Its row goes at once and its files after it (`removeFilesLeft`), so that whoever
 * is killed between leaves nothing half: rows name what is yet to go.
 *
 * @throws DomainError not_found; conflict that names what depends on it.
 */
export async function deleteModel(db: Database, by: MemberActor, id: string): Promise<void> {
  const { workspaceId } = by;
  await db.$transaction(
    async (tx) => {
      // Whoever begins a run or an evaluation of it waits, and then finds no model; or this finds what they have begun.
      await tx.$queryRaw`SELECT FROM model_version WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR UPDATE`;
      const model = await findModel(tx, workspaceId, id);
      const found = await modelDependants(tx, workspaceId, id);
      if (!found.free)
        throw refused("modelHasDependants", { name: model.givenName ?? model.name, known: nameAll(found) });
      await passOnFormer(tx, id);
      await tx.$executeRaw`
        UPDATE run SET policy_id = CASE WHEN policy_id = ${id}::uuid THEN NULL ELSE policy_id END,
          reward_id = CASE WHEN reward_id = ${id}::uuid THEN NULL ELSE reward_id END
        WHERE workspace_id = ${workspaceId}::uuid AND (policy_id = ${id}::uuid OR reward_id = ${id}::uuid)`;
      const files = modelFiles(model).map(({ path }) => ({ workspaceId, path }));
      await tx.modelFileLeft.createMany({ data: files, skipDuplicates: true });
      const { kind, number, projectId } = model;
      const detail = { kind, model: number, name: model.givenName ?? model.name };
      await recordAudit(tx, by, "model.deleted", id, projectId === null ? detail : { projectId, ...detail });
      await tx.modelVersion.delete({ where: { id } });
    },
    { timeout: 60_000 },
  );
}

/** Whatever one would go back to this model from is gone back from to the one before it. */
async function passOnFormer(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE model_promotion p SET former_id = (
      SELECT nullif(b.former_id, p.model_version_id) FROM model_promotion b
      WHERE b.project_id = p.project_id AND b.kind = p.kind AND b.model_version_id = ${id}::uuid ORDER BY b.id DESC LIMIT 1)
    WHERE p.former_id = ${id}::uuid`;
}

/** In one line and by names that are the same in every language; the page has a list. */
function nameAll({ usedIn, models, runs, evaluations, labelSets, answers }: ModelDependants): string {
  return [
    ...usedIn.map(({ name }) => `“${name}”`),
    ...models.map(({ kind, number }) => `${kind === "reward" ? "RM" : "P"}-${number}`),
    ...runs.map(({ number, kind }) => `#${number} ${kind}`),
    ...evaluations.map(({ candidate, baseline }) => `${candidate ?? "…"} / ${baseline}`),
    ...answers.map(({ name, count }) => `“${name}” (${count})`),
    ...labelSets.map(({ sha256, going }) => `${sha256.slice(0, 12)} (${going})`),
  ].join(", ");
}

/**
 * Removes the bytes of deleted models; killed anywhere, the next call goes on. A file that another model names stays: several
 * workspaces have one copy of the practice model.
 *
 * @returns how many files it has removed.
 */
export async function removeModelFilesLeft({ pool, files }: StepTools): Promise<number> {
  const { rows } = await pool.query<{ path: string; named: boolean }>(
    `SELECT l.path, EXISTS (SELECT FROM model_version v WHERE v.files @> jsonb_build_array(jsonb_build_object('path', l.path))) AS named
     FROM model_file_left l ORDER BY l.created_at LIMIT 200`,
  );
  for (const { path, named } of rows) {
    if (!named) await files.remove(path);
    await pool.query("DELETE FROM model_file_left WHERE path = $1", [path]);
  }
  return rows.filter(({ named }) => !named).length;
}
