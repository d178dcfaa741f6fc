import type { LabelSetFileView } from "@touchstone/contracts";
import type { Database } from "../../client.ts";
import { projectOfLabelSet } from "../project-of.ts";
import { toFileView } from "./view.ts";

/** A file that is written, as whoever sends it needs it. */
export interface ReadyFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly projectId: string;
  readonly projectName: string;
  readonly writtenAt: Date;
}

/** @throws DomainError not_found, also for a set of another workspace. */
export async function listLabelSetFiles(
  db: Database,
  workspaceId: string,
  labelSetId: string,
): Promise<LabelSetFileView[]> {
  await projectOfLabelSet(db, workspaceId, labelSetId);
  const rows = await db.labelSetFile.findMany({ where: { workspaceId, labelSetId }, orderBy: { name: "asc" } });
  return rows.map(toFileView);
}

/** Null where it is not written, or not even asked for. */
export async function findReadyFile(
  db: Database,
  workspaceId: string,
  labelSetId: string,
  name: string,
): Promise<ReadyFile | null> {
  const row = await db.labelSetFile.findFirst({
    where: { workspaceId, labelSetId, name, state: "ready", labelSet: { project: { deletedAt: null } } },
    include: { labelSet: { select: { project: { select: { name: true } } } } },
  });
  if (!row || row.path === null || row.bytes === null || row.sha256 === null || row.writtenAt === null) return null;
  const { path, bytes, sha256, projectId, labelSet, writtenAt } = row;
  return { path, bytes: Number(bytes), sha256, projectId, projectName: labelSet.project.name, writtenAt };
}
