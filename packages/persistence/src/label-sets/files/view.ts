import { LabelSetFileView } from "@touchstone/contracts";
import type { LabelSetFile } from "../../generated/client.ts";

export function toFileView(row: LabelSetFile): LabelSetFileView {
  const { askedAt, writtenAt, bytes } = row;
  return LabelSetFileView.parse({
    ...row,
    bytes: bytes === null ? null : Number(bytes),
    askedAt: askedAt.toISOString(),
    writtenAt: writtenAt?.toISOString() ?? null,
  });
}

/** Where the files of a label set lie: a folder for each, so that whoever removes the set's removes them all. */
export const folderOfSet = (set: {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly labelSetId: string;
}) => `label-sets/${set.workspaceId}/${set.projectId}/${set.labelSetId}`;
