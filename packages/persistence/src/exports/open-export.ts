import { type ExportFormat, refused } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Wanted } from "../cancel-when-gone.ts";
import type { Database, Transaction } from "../client.ts";
import { type FrozenLabelSet, freezeLabelSet } from "../label-sets/freeze.ts";
import { counting, ofLabelSet, readByPrompts } from "../label-sets/read-by-prompts.ts";
import { readJudgements } from "../label-sets/read-judgements.ts";
import { sumOfLeftOut } from "../left-out/list-left-out.ts";
import { assertProject } from "../projects/queries.ts";
import { type ExportRows, exportRows, type JudgementSource, type RowsScope } from "./export-rows.ts";

/** What an export is written from: a label set frozen at this instant. */
export interface Export {
  readonly projectName: string;
  readonly labelSet: FrozenLabelSet;
}

/**
 * Freezes all judgements of a project that count now, evaluations included (each row tells its split), so that the
 * figures of an export are exact, name a hash, and no snapshot is held while it is sent. The audit has it with the
 * freezing, before the first row goes out.
 *
 * @throws DomainError not_found.
 */
export async function openExport(
  db: Database,
  scope: { projectId: string; includeSimulated: boolean },
  by: Actor,
  format: ExportFormat,
  wanted?: Wanted,
): Promise<Export> {
  const { projectId, includeSimulated } = scope;
  const { workspaceId } = by;
  const project = await db.project.findFirst({ where: { workspaceId, id: projectId }, select: { name: true } });
  if (!project) throw refused("notThere", { kind: "project" });
  const all = { workspaceId, projectId, includeSimulated, includeEvaluations: true };
  const opened = (tx: Transaction, { id, judgements, leftOut }: FrozenLabelSet) => {
    const counted = { judgements, leftOut: sumOfLeftOut(leftOut) || undefined };
    return recordAudit(tx, by, "export.opened", id, { projectId, format, ...counted, simulated: includeSimulated });
  };
  const labelSet = await freezeLabelSet(db, all, opened, wanted);
  return { projectName: project.name, labelSet };
}

/** The rows of an export that was opened. Once `signal` is aborted no further batch is read. */
export function openedRows(db: Database, scope: RowsScope, labelSetId: string, signal?: AbortSignal): ExportRows {
  return exportRows(db, scope, judgementsOf(db, scope.projectId, labelSetId), signal);
}

/**
 * The rows of a label set. A skip is no label: an export of a label set has none, also in the raw format.
 *
 * @param judgements where somebody looks at the set's as they are read
 */
export function labelSetRows(
  db: Database,
  { projectId, labelSetId }: { readonly projectId: string; readonly labelSetId: string },
  signal?: AbortSignal,
  judgements = judgementsOf(db, projectId, labelSetId),
): ExportRows {
  return { ...exportRows(db, { projectId, includeSimulated: true }, judgements, signal), skips: none };
}

async function* none() {
  // No skip is among labels.
}

/** The judgements of a label set. */
export const judgementsOf = (db: Database, projectId: string, labelSetId: string): JudgementSource => ({
  all: () => readJudgements(db, labelSetId),
  byPrompts: () => readByPrompts(db, projectId, ofLabelSet(labelSetId)),
});

/**
 * The rows that an export would have now, read as it stands at each few prompts: nothing is frozen.
 *
 * @throws DomainError not_found.
 */
export async function presentRows(
  db: Database,
  scope: RowsScope & { readonly workspaceId: string },
  signal?: AbortSignal,
): Promise<ExportRows> {
  const { workspaceId, projectId, includeSimulated } = scope;
  await assertProject(db, workspaceId, projectId);
  const byPrompts = () => readByPrompts(db, projectId, counting(includeSimulated));
  async function* all() {
    for await (const part of byPrompts()) yield* part;
  }
  return exportRows(db, scope, { all, byPrompts }, signal);
}

/** What became of an export: how many rows went out, and whether those were all. */
export function closeExport(
  db: Database,
  by: Actor,
  labelSetId: string,
  told: { projectId: string; format: ExportFormat; rows: number; complete: boolean },
): Promise<void> {
  return db.$transaction((tx) => recordAudit(tx, by, "export.closed", labelSetId, told));
}
