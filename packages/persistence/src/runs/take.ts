import { type RunError, reasonedError } from "@touchstone/contracts";
import type { Database, Transaction } from "../client.ts";
import type { Run } from "../generated/client.ts";
import type { Fence } from "./fencing.ts";
import { closeRun } from "./finish.ts";
import { isReady } from "./ready.ts";

/** Takes in a row that may end with their worker's death and nothing to show for it. */
const mostLostTakes = 3;

interface Candidate {
  state: "queued" | "running";
  cancel_asked: boolean;
  lost_takes: number;
  /** Whether the last take left something that the next one goes on from. */
  progressed: boolean;
}

/**
 * Takes a queued run, or one whose worker died, by the database's clock. Null when it is finished or in good hands, and where
 * it ends here instead: cancelled while nobody held it, or failed since its workers die one after the other.
 * A fencing token is one more than the last (Kleppmann, "How to do distributed locking", 2016).
 */
export async function takeRun(db: Database, runId: string): Promise<Run | null> {
  return db.$transaction(async (tx) => {
    const found = await lockCandidate(tx, runId);
    if (!found) return null;
    const died = found.state === "running";
    const lostTakes = lostTakesAfter(found, died);
    // Asked by a version that left it to the worker, which died first.
    if (found.cancel_asked) return ended(tx, runId, "cancelled", null);
    if (lostTakes >= mostLostTakes)
      return ended(tx, runId, "failed", reasonedError("workersLost", { count: lostTakes }));
    await tx.$executeRaw`
      UPDATE run SET state = 'running', fencing_token = fencing_token + 1, heartbeat_at = now(), lost_takes = ${lostTakes},
                     taken_at_step = step, not_before = NULL, started_at = coalesce(started_at, now()), error = NULL
      WHERE id = ${runId}::uuid`;
    return tx.run.findUniqueOrThrow({ where: { id: runId } });
  });
}

/** A worker that was taken for dead lives: the take that it lost was no death. */
export async function excuseTake(db: Database, fence: Fence): Promise<void> {
  await db.$executeRaw`
    UPDATE run SET lost_takes = greatest(lost_takes - 1, 0)
    WHERE id = ${fence.runId}::uuid AND fencing_token > ${fence.token} AND state IN ('queued', 'running')`;
}

/** SKIP LOCKED: whoever holds the row is taking it. */
async function lockCandidate(tx: Transaction, runId: string): Promise<Candidate | undefined> {
  // Trainers show progress by a checkpoint of this very take; simulated annotators and endpoints have none, and go on from their step.
  const [found] = await tx.$queryRaw<Candidate[]>`
    SELECT state::text AS state, cancel_asked, lost_takes,
           ((kind = 'simulate' OR endpoint_id IS NOT NULL) AND step > taken_at_step) OR EXISTS (
             SELECT FROM checkpoint c WHERE c.run_id = run.id AND c.fencing_token = run.fencing_token) AS progressed
    FROM run
    WHERE id = ${runId}::uuid AND ${isReady()}
    FOR UPDATE SKIP LOCKED`;
  return found;
}

/** A run that was given back in order says nothing about those before it. */
function lostTakesAfter({ lost_takes, progressed }: Candidate, died: boolean): number {
  if (progressed) return 0;
  return died ? lost_takes + 1 : lost_takes;
}

async function ended(tx: Transaction, runId: string, state: "failed" | "cancelled", error: RunError | null) {
  await closeRun(tx, runId, state, error);
  return null;
}
