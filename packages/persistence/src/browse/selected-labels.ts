import { type ExportFormat, refused, type SelectedLabelSet, type SelectedLabelSetDraft } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Wanted } from "../cancel-when-gone.ts";
import type { Database, Transaction } from "../client.ts";
import { type ExportRows, exportRows } from "../exports/export-rows.ts";
import { judgementsOf } from "../exports/open-export.ts";
import { countDeletedOf } from "../label-sets/deleted.ts";
import { erasedOf } from "../label-sets/erased.ts";
import { type FrozenLabelSet, freezeLabelSet } from "../label-sets/freeze.ts";
import { countLeftOut, sumOfLeftOut } from "../left-out/list-left-out.ts";
import { countLeftOutOf } from "../left-out/of-label-set.ts";
import { assertProject } from "../projects/queries.ts";
import { selectedIds } from "./selection.ts";

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
  { selection, includeSimulated, includeEvaluations, preview }: SelectedLabelSetDraft,
  wanted?: Wanted,
): Promise<SelectedLabelSet> {
  const { workspaceId } = by;
  await assertProject(db, workspaceId, projectId);
  const tasks = await selectedIds(db, projectId, selection);
  const [counts] = await db.$queryRaw<{ judgements: number; items: number; evaluations: number }[]>`
    SELECT count(*)::int AS judgements, count(DISTINCT e.task_id)::int AS items,
      (SELECT count(*) FROM task t WHERE t.id = ANY (${tasks}::uuid[]) AND t.project_id = ${projectId}::uuid
        AND t.evaluation_id IS NOT NULL AND NOT ${includeEvaluations})::int AS evaluations
    FROM effective_judgement e
    WHERE e.task_id = ANY (${tasks}::uuid[]) AND e.project_id = ${projectId}::uuid
      AND (${includeSimulated} OR e.source <> 'simulated') AND (${includeEvaluations} OR e.evaluation_id IS NULL)`;
  const { judgements = 0, items = 0, evaluations = 0 } = counts ?? {};
  const left = await countLeftOut(db, { projectId, includeSimulated, includeEvaluations, tasks });
  const told = {
    selected: tasks.length,
    judgements,
    leftOut: sumOfLeftOut(left),
    itemsWithout: tasks.length - items,
    itemsOfEvaluations: evaluations,
  };
  if (preview) return { id: null, sha256: null, ...told };
  if (judgements === 0) throw refused("nothingToFreeze");
  const scope = { workspaceId, projectId, includeSimulated, includeEvaluations, tasks };
  const made = (tx: Transaction, frozen: FrozenLabelSet) =>
    recordAudit(tx, by, "labelSet.made", frozen.id, {
      projectId,
      judgements: frozen.judgements,
      tasks: items,
      leftOut: told.leftOut || undefined,
    });
  const frozen = await freezeLabelSet(db, scope, made, wanted);
  return { id: frozen.id, sha256: frozen.sha256, ...told, judgements: frozen.judgements };
}

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

/** The rows of a label set. A skip is no label: an export of a label set has none, also in the raw format. */
export function labelSetRows(
  db: Database,
  { projectId }: { readonly projectId: string },
  labelSetId: string,
  signal?: AbortSignal,
): ExportRows {
  const scope = { projectId, includeSimulated: true };
  const rows = exportRows(db, scope, judgementsOf(db, projectId, labelSetId), signal);
  return { ...rows, skips: none };
}

async function* none() {
  // No skip is among labels.
}
