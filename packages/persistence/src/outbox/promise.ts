import type { Transaction } from "../client.ts";

/**
 * What has to happen after this transaction, whoever lives to see it. `judged`: a project's figures changed.
 * `run`: a run waits for a worker. `run-changed`: a run ended, and whoever watches it should hear of it.
 */
export type OutboxTopic = "judged" | "run" | "run-changed";

export async function promise(tx: Transaction, topic: OutboxTopic, key: string): Promise<void> {
  await tx.outbox.create({ data: { topic, key } });
}
