import { type DeletionView, type Dependants, type ProjectDeletionDraft, refused } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { pairIsOpen } from "../evaluations/open-pairs.ts";
import { promise } from "../outbox/promise.ts";
import { type DoomedPrompts, findDependants, wholeProject } from "./dependants.ts";
import { toDeletionView } from "./list.ts";

/** It counts all that is stored; Prisma would otherwise end it after five seconds. */
const timeoutMs = 10 * 60_000;

/**
 * Deletes a project: from here on nothing reads it and nobody works in it. Its rows and files are removed in steps
 * (`advanceDeletion`). Models stay, and keep what they were trained on as a name and a number.
 *
 * @throws DomainError not_found; invalid_value for another name; conflict where the list is another than the one that was
 * shown, or a run or an import is under way. Then nothing is deleted.
 */
export async function deleteProject(
  db: Database,
  by: MemberActor,
  projectId: string,
  { name, stamp }: ProjectDeletionDraft,
): Promise<DeletionView> {
  const { workspaceId } = by;
  return db.$transaction(
    async (tx) => {
      await lockProject(tx, workspaceId, projectId);
      const found = await findDependants(tx, wholeProject(workspaceId, projectId));
      if (found.project.name.trim() !== name.trim()) {
        throw refused("deletionUnconfirmed", { name: found.project.name, at: "name" });
      }
      await assertNothingUnderWay(tx, projectId, found);
      if (found.stamp !== stamp) throw refused("dependantsOutdated");
      await keepOrigins(tx, projectId, found.project.name);
      await tx.project.update({ where: { id: projectId }, data: { deletedAt: new Date(), state: "archived" } });
      // What would begin something new, or lead somebody here, goes at once.
      await tx.schedule.deleteMany({ where: { projectId } });
      await tx.link.deleteMany({ where: { projectId } });
      await tx.notice.deleteMany({ where: { projectId } });
      return begin(tx, by, projectId, "project", found);
    },
    { timeout: timeoutMs },
  );
}

/**
 * Deletes prompts with all that was made of them; frozen label sets keep their hash and say what is gone.
 *
 * @param confirmed how many prompts the caller was told of, and the stamp of that list.
 * @throws DomainError as `deleteProject`; conflict also where an evaluation still asks about one of them.
 */
export async function deletePrompts(
  db: Database,
  by: MemberActor,
  doomed: DoomedPrompts,
  confirmed: { readonly prompts?: number | undefined; readonly stamp?: string | undefined },
): Promise<{ dependants: Dependants; deletion: DeletionView }> {
  const { projectId, workspaceId, prompts } = doomed;
  return db.$transaction(
    async (tx) => {
      await lockProject(tx, workspaceId, projectId);
      const dependants = await findDependants(tx, doomed);
      const { counts } = dependants;
      if (confirmed.prompts !== counts.prompts)
        throw refused("promptsUnconfirmed", { count: counts.prompts, at: "prompts" });
      await assertNothingUnderWay(tx, projectId, dependants);
      await assertNotAsked(tx, prompts);
      if (dependants.stamp !== confirmed.stamp) throw refused("dependantsOutdated");
      const deletion = await begin(tx, by, projectId, "prompts", dependants);
      await tx.deletionPrompt.createMany({
        data: prompts.map((promptId) => ({ workspaceId, deletionId: deletion.id, promptId })),
      });
      return { dependants, deletion };
    },
    { timeout: timeoutMs },
  );
}

/** Two that delete come one after another, and whoever changes the project waits; people go on judging meanwhile. */
async function lockProject(tx: Transaction, workspaceId: string, projectId: string): Promise<void> {
  const rows = await tx.$queryRaw<object[]>`
    SELECT FROM project WHERE workspace_id = ${workspaceId}::uuid AND id = ${projectId}::uuid AND deleted_at IS NULL
    FOR NO KEY UPDATE`;
  if (rows.length === 0) throw refused("notThere", { kind: "project" });
}

async function assertNothingUnderWay(tx: Transaction, projectId: string, { runs }: Dependants): Promise<void> {
  const run = runs.find(({ underWay }) => underWay);
  if (run) throw refused("runUnderWay", { number: run.number, name: run.name });
  // The lock under which imports of a project queue; whoever holds it is reading a file in.
  const [row] = await tx.$queryRaw<{ free: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('import ' || ${projectId}::text, 0)) AS free`;
  if (!row?.free) throw refused("importUnderWay");
}

/** Of an evaluation that people still answer, the pairs would be missing that nobody had a chance to judge. */
async function assertNotAsked(tx: Transaction, prompts: readonly string[]): Promise<void> {
  const [asking] = await tx.$queryRaw<{ name: string }[]>`
    SELECT coalesce(e.name, c.name, b.name) AS name FROM task t JOIN evaluation e ON e.id = t.evaluation_id
    JOIN model_version b ON b.id = e.baseline_id LEFT JOIN model_version c ON c.id = e.candidate_id
    WHERE t.prompt_id = ANY (${[...prompts]}::uuid[]) AND ${pairIsOpen} LIMIT 1`;
  if (asking) throw refused("evaluationUnderWay", { name: asking.name });
}

/** Models outlive their project: what made them is kept with them, as far as it says nothing of what was judged. */
async function keepOrigins(tx: Transaction, projectId: string, project: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE model_version v SET project_id = NULL, run_id = NULL, label_set_id = NULL, deleted_origin = jsonb_build_object(
      'project', ${project}::text,
      'run', (SELECT jsonb_build_object('kind', r.kind, 'number', r.number, 'name', r.name) FROM run r WHERE r.id = v.run_id),
      'labelSet', (SELECT jsonb_build_object('id', s.id, 'sha256', s.sha256, 'judgements', coalesce((s.counts ->> 'judgements')::int, 0))
        FROM label_set s WHERE s.id = v.label_set_id),
      'deletedAt', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    WHERE v.project_id = ${projectId}::uuid
      OR v.run_id IN (SELECT r.id FROM run r WHERE r.project_id = ${projectId}::uuid)
      OR v.label_set_id IN (SELECT s.id FROM label_set s WHERE s.project_id = ${projectId}::uuid)`;
}

async function begin(
  tx: Transaction,
  by: MemberActor,
  projectId: string,
  kind: "project" | "prompts",
  { project, counts, labelSets, runs, models, evaluations }: Dependants,
): Promise<DeletionView> {
  const { workspaceId, id: createdById } = by;
  const row = await tx.deletion.create({
    data: { workspaceId, projectId, kind, name: project.name, counts, createdById },
  });
  const { prompts, tasks, judgements, people, media } = counts;
  const told = { prompts, tasks, judgements, people, media, labelSets: labelSets.length, models: models.length };
  if (kind === "project") {
    const detail = { name: project.name, ...told, runs: runs.length, evaluations: evaluations.length };
    await recordAudit(tx, by, "project.deleted", projectId, detail);
  } else await recordAudit(tx, by, "prompts.deleted", projectId, { projectId, ...told });
  // Every process tells its watchers anew, and the rights of sockets are looked at once more.
  await promise(tx, "judged", projectId);
  const { name: byName } = await tx.member.findUniqueOrThrow({ where: { id: createdById }, select: { name: true } });
  return toDeletionView(row, byName);
}
