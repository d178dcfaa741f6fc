import type { Database, Transaction } from "../client.ts";
import type { OutboxPromise, OutboxTopic } from "./promise.ts";

/**
 * Hands up to `limit` promises of some topics to `keep` and deletes them in the same transaction: when `keep` throws
 * or the process dies they are still there. SKIP LOCKED lets several processes drain side by side, in no set order.
 * @returns how many were kept.
 */
export async function drainOutbox(
  db: Database,
  topics: OutboxTopic[],
  keep: (promises: OutboxPromise[], tx: Transaction) => Promise<void>,
  limit = 500,
): Promise<number> {
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<OutboxPromise[]>`
      DELETE FROM outbox WHERE id IN (
        SELECT id FROM outbox WHERE topic = ANY (${topics}) ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING topic, key, subject`;
    if (rows.length > 0) await keep(rows, tx);
    return rows.length;
  });
}
