import { ArchiveReceipt, ArchiveView, BroughtArchive } from "@touchstone/contracts";
import type { ProjectArchive } from "../generated/client.ts";

const numberOf = (value: bigint | null) => (value === null ? null : Number(value));

const progressOf = (row: ProjectArchive) => ({
  ...row,
  rows: Number(row.rows),
  totalRows: numberOf(row.totalRows),
  bytes: numberOf(row.bytes),
  askedAt: row.askedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});

export function toArchiveView(row: ProjectArchive): ArchiveView {
  return ArchiveView.parse({ ...progressOf(row), contents: row.told });
}

export function toBroughtArchive(row: ProjectArchive & { readonly project: { name: string } | null }): BroughtArchive {
  const { told, project } = row;
  return BroughtArchive.parse({
    ...progressOf(row),
    projectName: project?.name ?? null,
    receipt: told === null ? null : ArchiveReceipt.parse(told),
  });
}

/** Where the archives of a workspace lie: those of a project in a folder of its own, and what is brought beside them. */
export const archiveFolder = ({ workspaceId, projectId }: { workspaceId: string; projectId: string | null }) =>
  `archives/${workspaceId}/${projectId ?? "brought"}`;
