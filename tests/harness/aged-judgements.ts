import type { Database } from "@touchstone/persistence";

/** Makes the judgements of a project eleven minutes older, so that none can be undone any more. */
export async function ageJudgements(db: Database, projectId: string): Promise<void> {
  await db.$transaction([
    // Judgements are append-only by a trigger, which stands still for this transaction.
    db.$executeRaw`SET LOCAL session_replication_role = replica`,
    db.$executeRaw`
      UPDATE judgement SET created_at = created_at - interval '11 minutes' WHERE project_id = ${projectId}::uuid`,
  ]);
}
