import type { MediaRef } from "@touchstone/contracts";
import type { Visitor } from "./visitor.ts";

/** Sends a file as the import page does; octets claim no type. */
export async function uploadMedia(
  visitor: Visitor,
  projectId: string,
  name: string,
  payload: Buffer,
  type = "application/octet-stream",
) {
  return visitor.server.inject({
    method: "POST",
    url: `/api/projects/${projectId}/media`,
    query: { name },
    headers: { cookie: visitor.cookie ?? "", "x-csrf-token": visitor.csrfToken ?? "", "content-type": type },
    payload,
  });
}

/** The same, for a file that is taken. */
export async function keptMedia(visitor: Visitor, projectId: string, name: string, file: Buffer): Promise<MediaRef> {
  const response = await uploadMedia(visitor, projectId, name, file);
  if (response.statusCode !== 201) throw new Error(`${name} was not taken: ${response.body}`);
  return response.json<MediaRef>();
}
