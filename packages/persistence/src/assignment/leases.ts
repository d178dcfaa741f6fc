import { DomainError, LeasedTask } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { again } from "./again.ts";
import type { Annotator } from "./annotator.ts";
import { claimOneMore } from "./claim.ts";

export interface HeldLease {
  leaseId: string;
  leaseToken: string;
}

const RenewRow = z.object({ outcome: z.enum(["done", "not_found", "lease_expired"]), expires_at: z.date().nullable() });
const EndRow = z.object({
  outcome: z.enum(["done", "repeated", "not_found", "lease_expired"]),
  project_id: z.uuid().nullable(),
  next: LeasedTask.nullable(),
});

/** Gives a live lease its full time again. @throws DomainError not_found, lease_expired. */
export async function renewLease(db: Database, who: Annotator, lease: HeldLease): Promise<{ expiresAt: string }> {
  const rows = await again(
    () => db.$queryRaw<unknown[]>`
      SELECT outcome, expires_at
      FROM renew_lease(${who.workspaceId}::uuid, ${who.memberId}::uuid, ${lease.leaseId}::uuid, ${lease.leaseToken})`,
  );
  const row = RenewRow.parse(rows[0]);
  if (row.outcome === "done" && row.expires_at) return { expiresAt: row.expires_at.toISOString() };
  throw refusal(row.outcome);
}

/** Gives an unused lease back; one that has ended already is left as it is. @throws DomainError not_found. */
export async function releaseLease(db: Database, who: Annotator, lease: HeldLease): Promise<void> {
  const row = await endLease(db, who, lease, "released");
  if (row.outcome === "not_found") throw refusal(row.outcome);
}

/**
 * Gives a task back for good: it never returns to this annotator.
 * @returns the next task. @throws DomainError not_found, lease_expired (it has ended, or has its answer).
 */
export async function skipTask(db: Database, who: Annotator, lease: HeldLease): Promise<LeasedTask | null> {
  const row = await endLease(db, who, lease, "skipped");
  if (row.project_id === null || row.outcome === "not_found" || row.outcome === "lease_expired") {
    throw refusal(row.outcome);
  }
  return row.next ?? claimOneMore(db, who.memberId, row.project_id);
}

async function endLease(db: Database, who: Annotator, lease: HeldLease, state: "released" | "skipped") {
  const rows = await again(
    () => db.$queryRaw<unknown[]>`
      SELECT outcome, project_id, next
      FROM end_lease(${who.workspaceId}::uuid, ${who.memberId}::uuid, ${lease.leaseId}::uuid, ${lease.leaseToken},
        ${state}::lease_state)`,
  );
  return EndRow.parse(rows[0]);
}

function refusal(outcome: string): DomainError {
  return outcome === "lease_expired"
    ? new DomainError("lease_expired", "This lease has ended; claim a task again.")
    : new DomainError("not_found", "There is no such lease, or it is not yours.");
}
