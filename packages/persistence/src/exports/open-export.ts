import { refused } from "@touchstone/contracts";
import type { Wanted } from "../cancel-when-gone.ts";
import type { Database } from "../client.ts";
import { type FrozenLabelSet, freezeLabelSet } from "../label-sets/freeze.ts";
import { readJudgements } from "../label-sets/read-judgements.ts";
import { type ExportRows, exportRows } from "./export-rows.ts";

/** What an export is written from: a label set frozen at this instant. */
export interface Export extends ExportRows {
  readonly projectName: string;
  readonly labelSet: FrozenLabelSet;
}

/**
 * Freezes all judgements of a project that count now, evaluations included (each row tells its split), so that the
 * figures of an export are exact, name a hash, and no snapshot is held while it is sent.
 *
 * @throws DomainError not_found.
 */
export async function openExport(
  db: Database,
  scope: { workspaceId: string; projectId: string; includeSimulated: boolean },
  wanted?: Wanted,
): Promise<Export> {
  const { workspaceId, projectId } = scope;
  const project = await db.project.findFirst({ where: { workspaceId, id: projectId }, select: { name: true } });
  if (!project) throw refused("notThere", { kind: "project" });
  const labelSet = await freezeLabelSet(db, { ...scope, includeEvaluations: true }, wanted);
  return { projectName: project.name, labelSet, ...exportRows(db, scope, () => readJudgements(db, labelSet.id)) };
}
