import { createHash } from "node:crypto";

/**
 * The id of a file of a project: of its content, so that whoever reads rows that hold the file itself can name it before it
 * is stored, and the same bytes are one file. A UUID of version 8 (RFC 9562), which is made by a rule of one's own.
 */
export function mediaId(projectId: string, sha256: string): string {
  const hash = createHash("sha256").update(`media ${projectId} ${sha256}`).digest("hex");
  const variant = "89ab"[Number.parseInt(hash.charAt(16), 16) % 4];
  const parts = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `${variant}${hash.slice(17, 20)}`];
  return [...parts, hash.slice(20, 32)].join("-");
}
