import type { Transaction } from "../client.ts";

/**
 * What has to happen after this transaction, whoever lives to see it. `judged`: a project's figures changed.
 * `run`: a run waits for a worker. `run-changed`: a run ended, and whoever watches it should hear of it. `access-changed`:
 * a login's sessions and tokens ended, and whoever holds its sockets should look. `guidance`: in a project something was
 * asked, answered or done with. `label-set-file`: a file waits for a worker. `archive`: so does a copy of a project, or one that was brought.
 */
export type OutboxTopic =
  | "judged"
  | "guidance"
  | "run"
  | "run-changed"
  | "access-changed"
  | "label-set-file"
  | "archive";

/** One that waits to be kept. */
export interface OutboxPromise {
  readonly topic: OutboxTopic;
  readonly key: string;
  /** The judgement that it is about, where it is about one. */
  readonly subject: string | null;
}

export async function promise(tx: Transaction, topic: OutboxTopic, key: string): Promise<void> {
  await tx.outbox.create({ data: { topic, key } });
}
