import type { ItemSelection, LabelSetChange } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { promise } from "../outbox/promise.ts";
import { latestOf } from "./latest.ts";
import { projectOfLabelSet } from "./project-of.ts";

/**
 * Gives a label set a name, or makes it the project's latest: then the files that the latest before it has are written of
 * this one too, so that whoever reads them by the project's address finds them.
 *
 * @throws DomainError not_found, also for a set of another workspace.
 */
export async function changeLabelSet(
  db: Database,
  by: Actor,
  labelSetId: string,
  { name, latest }: LabelSetChange,
): Promise<void> {
  const { workspaceId } = by;
  await db.$transaction(async (tx) => {
    const projectId = await projectOfLabelSet(tx, workspaceId, labelSetId);
    await lockNote(tx, labelSetId);
    if (latest === true) await writeAsBefore(tx, by, projectId, labelSetId);
    const data = {
      ...(name === undefined ? {} : { name }),
      // The database's clock alone decides which is newest.
      ...(latest === false ? { publishedAt: null } : {}),
    };
    const made = { labelSetId, workspaceId, projectId, ...data };
    await tx.labelSetNote.upsert({ where: { labelSetId }, create: made, update: data });
    if (latest === true) {
      await tx.$executeRaw`
        UPDATE label_set_note SET published_at = clock_timestamp() WHERE label_set_id = ${labelSetId}::uuid`;
    }
    await recordAudit(tx, by, "labelSet.changed", labelSetId, { projectId, name, latest });
  });
}

/** Two that note something at once must not both find nothing. */
async function lockNote(tx: Transaction, labelSetId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('label set note ' || ${labelSetId}, 0))`;
}

async function writeAsBefore(tx: Transaction, by: Actor, projectId: string, labelSetId: string): Promise<void> {
  // One after another, so that the latest before is known.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('latest label set ' || ${projectId}, 0))`;
  const made = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO label_set_file (workspace_id, project_id, label_set_id, name, asked_by_id)
    SELECT f.workspace_id, f.project_id, ${labelSetId}::uuid, f.name, ${by.id}::uuid FROM label_set_file f
    WHERE f.label_set_id = ${latestOf(Prisma.sql`${projectId}::uuid`)}
    ON CONFLICT (label_set_id, name) DO NOTHING RETURNING id`;
  for (const { id } of made) await promise(tx, "label-set-file", id);
}

/** Notes who has frozen a set by hand and how they had chosen; one that has a name keeps all that was noted. @returns its name. */
export async function noteLabelSet(
  tx: Transaction,
  by: Actor,
  projectId: string,
  labelSetId: string,
  made: { name?: string | undefined; selection: ItemSelection; includesEvaluations: boolean },
): Promise<string | null> {
  const { workspaceId, id: madeById } = by;
  const { name, selection, includesEvaluations } = made;
  await lockNote(tx, labelSetId);
  const known = await tx.labelSetNote.findUnique({ where: { labelSetId } });
  if (known?.name) return known.name;
  const noted = { name: name ?? null, selection, includesEvaluations, madeById, madeAt: new Date() };
  // What was noted without a name is kept too, where this has none either.
  const update = known?.madeAt ? { name: name ?? null } : noted;
  await tx.labelSetNote.upsert({
    where: { labelSetId },
    create: { labelSetId, workspaceId, projectId, ...noted },
    update,
  });
  return name ?? null;
}
