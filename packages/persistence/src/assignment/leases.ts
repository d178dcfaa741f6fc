import { DomainError, ProjectTally, type SkipRequest } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { again } from "./again.ts";
import type { Annotator } from "./annotator.ts";
import { askedMemoryOf } from "./asked-memory.ts";
import { claimOneMore } from "./claim.ts";
import { HandedOut } from "./handed-out.ts";
import { lostLease } from "./lost-lease.ts";

export interface HeldLease {
  leaseId: string;
  leaseToken: string;
}

const RenewRow = z.object({ outcome: z.enum(["done", "not_found", "lease_expired"]), expires_at: z.date().nullable() });
const EndRow = z.object({ outcome: z.enum(["done", "repeated", "not_found", "lease_expired"]) });
const SkipRow = EndRow.extend({
  project_id: z.uuid().nullable(),
  next: HandedOut.nullable(),
  here: ProjectTally,
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
  throw await refusal(db, who, lease, row.outcome);
}

/** Gives an unused lease back; one that has ended already is left as it is. @throws DomainError not_found. */
export async function releaseLease(db: Database, who: Annotator, lease: HeldLease): Promise<void> {
  const rows = await again(
    () => db.$queryRaw<unknown[]>`
      SELECT outcome
      FROM end_lease(${who.workspaceId}::uuid, ${who.memberId}::uuid, ${lease.leaseId}::uuid, ${lease.leaseToken},
        'released'::lease_state)`,
  );
  const { outcome } = EndRow.parse(rows[0]);
  if (outcome === "not_found") throw await refusal(db, who, lease, outcome);
}

export type Skip = HeldLease & Partial<Pick<SkipRequest, "flagged" | "comment" | "reason">>;

/**
 * Passes a task by, with what is to be said about it. It returns to this annotator by an undo alone. A skip that comes
 * after its lease has ended is kept too.
 * @returns the next task, and what was done in the project. @throws DomainError not_found, lease_expired (it has its answer).
 */
export async function skipTask(
  db: Database,
  who: Annotator,
  { leaseId, leaseToken, flagged = false, comment = "", reason = null }: Skip,
): Promise<{ next: HandedOut | null; here: ProjectTally }> {
  const rows = await again(
    () => db.$queryRaw<unknown[]>`
      SELECT outcome, project_id, next, project_tally(project_id, ${who.memberId}::uuid) AS here
      FROM skip_lease(${who.workspaceId}::uuid, ${who.memberId}::uuid, ${leaseId}::uuid, ${leaseToken},
        ${flagged}, ${comment}, ${reason}::text)`,
  );
  const row = SkipRow.parse(rows[0]);
  if (row.project_id === null || row.outcome === "not_found" || row.outcome === "lease_expired") {
    throw await refusal(db, who, { leaseId }, row.outcome);
  }
  if (row.next) askedMemoryOf(db).remember(who, row.next);
  return { next: row.next ?? (await claimOneMore(db, who, row.project_id)), here: row.here };
}

async function refusal(db: Database, who: Annotator, { leaseId }: Pick<HeldLease, "leaseId">, outcome: string) {
  return outcome === "lease_expired"
    ? new DomainError("lease_expired", "This lease has ended; claim a task again.")
    : lostLease(db, who, leaseId);
}
