import { DomainError, refused } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { isWithdrawn } from "../deletions/list.ts";
import type { Annotator } from "./annotator.ts";

/** Why a lease is not found: its task was deleted while its annotator had it, or it never was theirs. */
export async function lostLease(db: Database, { memberId }: Annotator, leaseId: string): Promise<DomainError> {
  if (await isWithdrawn(db, memberId, leaseId)) return refused("taskDeleted", { at: "leaseId" });
  return new DomainError("not_found", "There is no such lease, or it is not yours.", { path: "leaseId" });
}
