import { MediaRef, mediaTypeNames, mediaTypes } from "@touchstone/contracts";
import { z } from "zod";

/** A row of `media`, however it was read. */
export const MediaRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  projectId: z.string(),
  sha256: z.string(),
  type: z.enum(mediaTypeNames),
  bytes: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  seconds: z.number().nullable(),
  names: z.array(z.string()).min(1),
});
export type MediaRow = z.infer<typeof MediaRow>;

/** The columns under the names that `MediaRow` has, of the table or of what stands for it. */
export const mediaColumns = `id, workspace_id AS "workspaceId", project_id AS "projectId", sha256, type, bytes, width, height, seconds, names`;

/** @param name under which it was asked for; else the first that it was given. */
export function toMediaRef(row: MediaRow, name = row.names[0]): MediaRef {
  const { id, type, sha256, bytes, width, height, seconds } = row;
  return MediaRef.parse({
    id,
    kind: mediaTypes[type].kind,
    type,
    name,
    sha256,
    bytes,
    ...(width === null || height === null ? {} : { width, height }),
    ...(seconds === null ? {} : { seconds }),
  });
}
