import { type ReasonWord, refused } from "@touchstone/contracts";
import type { Annotator } from "../assignment/annotator.ts";
import type { Database, Transaction } from "../client.ts";

/** @throws DomainError not_found for a project of another workspace, and where an open link led the annotator elsewhere. */
export async function assertMayWork(
  db: Database | Transaction,
  { workspaceId, memberId }: Annotator,
  projectId: string,
  kind: ReasonWord = "project",
): Promise<void> {
  const [row] = await db.$queryRaw<{ allowed: boolean }[]>`
    SELECT may_work(${workspaceId}::uuid, ${projectId}::uuid, ${memberId}::uuid) AS allowed`;
  if (!row?.allowed) throw refused("notYours", { kind });
}
