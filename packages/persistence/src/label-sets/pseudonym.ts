import { createHash } from "node:crypto";

/**
 * The name under which an annotator appears in label sets and exports: the same in every one of a workspace, unlike in
 * any other workspace, and not to be turned back without the member's id, which never leaves with it.
 */
export function pseudonym(workspaceId: string, memberId: string): string {
  return createHash("sha256").update(`${workspaceId}/${memberId}`).digest("hex").slice(0, 16);
}

/**
 * Whether a name from a file is one of these, of whatever workspace. Only such a name goes out again as it came in: any
 * other may be a mail address or a worker's id, also in a column that is called a hash.
 */
export const isPseudonym = (name: string): boolean => /^[0-9a-f]{16}$/.test(name);
