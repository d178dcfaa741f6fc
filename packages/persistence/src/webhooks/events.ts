import type { Transaction } from "../client.ts";
import type { OutboxPromise } from "../outbox/promise.ts";

/**
 * Writes down for the webhooks of their projects which judgements were made, in the transaction that drains their
 * promises. Without webhooks it is one look at a small table.
 */
export async function tellOfJudgements(tx: Transaction, promises: readonly OutboxPromise[]): Promise<void> {
  const made = promises.flatMap(({ topic, key, subject }) => (topic === "judged" && subject ? [{ key, subject }] : []));
  if (made.length === 0) return;
  const projects = [...new Set(made.map(({ key }) => key))];
  await tx.$executeRaw`
    SELECT webhook_events_of_judgements(${projects}::uuid[], ${made.map(({ subject }) => subject)}::uuid[])`;
}
