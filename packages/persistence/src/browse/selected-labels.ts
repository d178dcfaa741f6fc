import {
  type ExportFormat,
  type ItemSelection,
  refused,
  type SelectedLabelSet,
  type SelectedLabelSetDraft,
} from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Wanted } from "../cancel-when-gone.ts";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { noteLabelSet } from "../label-sets/change.ts";
import { countDeletedOf } from "../label-sets/deleted.ts";
import { erasedOf } from "../label-sets/erased.ts";
import { type FrozenLabelSet, freezeLabelSet } from "../label-sets/freeze.ts";
import { countLeftOut, sumOfLeftOut } from "../left-out/list-left-out.ts";
import { countLeftOutOf } from "../left-out/of-label-set.ts";
import { assertProject } from "../projects/queries.ts";
import { selectedIds } from "./selection.ts";

/** Items by a filter at once: their ids are in memory. Of all of a project no id is. */
const mostFrozen = 200_000;

/**
 * Freezes the judgements that count on the selected items, by the same rules and with the same hash as any label set: equal
 * content is one set, so that the same selection asked for twice is one. As a preview it only says how many there are.
 *
 * @throws DomainError not_found for a project of another workspace; conflict for a selection of too many, or of nothing.
 */
export async function makeLabelSet(
  db: Database,
  by: Actor,
  projectId: string,
  { selection, name, includeSimulated, includeEvaluations, preview }: SelectedLabelSetDraft,
  wanted?: Wanted,
): Promise<SelectedLabelSet> {
  const { workspaceId } = by;
  await assertProject(db, workspaceId, projectId);
  const tasks = isEverything(selection) ? undefined : await selectedIds(db, projectId, selection, mostFrozen);
  const among = (column: string) =>
    tasks === undefined ? Prisma.sql`true` : Prisma.sql`${Prisma.raw(column)} = ANY (${tasks}::uuid[])`;
  const [counts] = await db.$queryRaw<{ selected: number; judgements: number; items: number; evaluations: number }[]>`
    SELECT count(*)::int AS judgements, count(DISTINCT e.task_id)::int AS items,
      ${tasks?.length ?? Prisma.sql`(SELECT count(*) FROM task t WHERE t.project_id = ${projectId}::uuid)`}::int AS selected,
      (SELECT count(*) FROM task t WHERE ${among("t.id")} AND t.project_id = ${projectId}::uuid
        AND t.evaluation_id IS NOT NULL AND NOT ${includeEvaluations})::int AS evaluations
    FROM effective_judgement e
    WHERE ${among("e.task_id")} AND e.project_id = ${projectId}::uuid
      AND (${includeSimulated} OR e.source <> 'simulated') AND (${includeEvaluations} OR e.evaluation_id IS NULL)`;
  const { selected = 0, judgements = 0, items = 0, evaluations = 0 } = counts ?? {};
  const left = await countLeftOut(db, { projectId, includeSimulated, includeEvaluations, tasks });
  const told = {
    selected,
    judgements,
    leftOut: sumOfLeftOut(left),
    itemsWithout: selected - items,
    itemsOfEvaluations: evaluations,
  };
  if (preview) return { id: null, sha256: null, name: null, ...told };
  if (judgements === 0) throw refused("nothingToFreeze");
  const scope = { workspaceId, projectId, includeSimulated, includeEvaluations, ...(tasks ? { tasks } : {}) };
  let called: string | null = null;
  const made = async (tx: Transaction, frozen: FrozenLabelSet) => {
    const note = { name, selection, includesEvaluations: includeEvaluations };
    called = await noteLabelSet(tx, by, projectId, frozen.id, note);
    await recordAudit(tx, by, "labelSet.made", frozen.id, {
      projectId,
      name,
      judgements: frozen.judgements,
      tasks: items,
      leftOut: told.leftOut || undefined,
    });
  };
  const frozen = await freezeLabelSet(db, scope, made, wanted);
  return { id: frozen.id, sha256: frozen.sha256, ...told, name: called, judgements: frozen.judgements };
}

/** All items of a project: a filter that asks for nothing. Of millions nobody lists the ids. */
const isEverything = (selection: ItemSelection): boolean =>
  "filter" in selection && Object.values(selection.filter).every((value) => value === undefined);

/** A label set that is about to be sent: whose, and how much. */
export interface LabelSetExport {
  readonly projectId: string;
  readonly projectName: string;
  readonly sha256: string;
  readonly judgements: number;
  /** Judgements in it that have been left out since: they go out, as the set keeps them. */
  readonly leftOutSince: number;
  /** Judgements of it that were deleted since: they are gone from it, and the hash is of all. */
  readonly deletedSince: number;
  /** Of these, those that were erased with whoever made them. */
  readonly erasedSince: number;
}

/**
 * Writes into the audit that a label set goes out. @throws DomainError not_found, also for one of another workspace.
 */
export async function openLabelSetExport(
  db: Database,
  by: Actor,
  labelSetId: string,
  format: ExportFormat,
): Promise<LabelSetExport> {
  const where = { workspaceId: by.workspaceId, id: labelSetId };
  const found = await db.labelSet.findFirst({ where, include: { project: { select: { name: true } } } });
  if (!found) throw refused("notThere", { kind: "labelSet" });
  const { projectId, includesSimulated: simulated } = found;
  const judgements = await db.labelSetItem.count({ where: { labelSetId } });
  await db.$transaction((tx) =>
    recordAudit(tx, by, "export.opened", labelSetId, { projectId, format, judgements, simulated }),
  );
  const [leftOutSince, deletedSince, erased] = await Promise.all([
    countLeftOutOf(db, labelSetId),
    countDeletedOf(db, labelSetId),
    erasedOf(db, [labelSetId]),
  ]);
  const erasedSince = erased(labelSetId)?.judgements ?? 0;
  return {
    projectId,
    projectName: found.project.name,
    sha256: found.sha256,
    judgements,
    leftOutSince,
    deletedSince,
    erasedSince,
  };
}
