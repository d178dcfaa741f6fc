import { webhookTest } from "@touchstone/contracts";
import { type Database, databaseNow, type Transaction } from "../client.ts";
import type { WebhookDelivery } from "../generated/client.ts";
import type { DueDelivery } from "./claim.ts";
import { disableWebhook } from "./disable.ts";
import { mostAttempts, pauseAfter } from "./retries.ts";

/** What became of an attempt. */
export interface DeliveryOutcome {
  /** The HTTP status; null where there was no answer. */
  readonly status: number | null;
  /** Why there was none, with the values of its sentence. */
  readonly fault: { readonly reason: string; readonly values: Readonly<Record<string, string | number>> } | null;
  /** The beginning of the answer. */
  readonly answer: string | null;
  readonly durationMs: number;
  /** What the receiver asked to be spared, in milliseconds. */
  readonly retryAfterMs: number | null;
}

/** So long nothing has arrived when an address is switched off, after an event that was tried for its whole day. */
const failingDays = 5;

/** The receiver says that it is gone for good. */
const gone = 410;

const arrived = ({ status }: DeliveryOutcome) => status !== null && status >= 200 && status < 300;

/**
 * Writes down what became of an attempt, and when the next one is due.
 *
 * @returns whether the claim still held. If not, somebody else tries it, or it was sent again by hand.
 */
export async function recordDelivery(
  db: Database,
  { id, claim, webhookId }: DueDelivery,
  outcome: DeliveryOutcome,
): Promise<boolean> {
  const { status, fault, answer, durationMs, retryAfterMs } = outcome;
  return db.$transaction(async (tx) => {
    // Whatever is written down for one address queues here: who switches it off touches its other deliveries too.
    await tx.$queryRaw`SELECT FROM webhook WHERE id = ${webhookId}::uuid FOR NO KEY UPDATE`;
    const [row] = await tx.webhookDelivery.updateManyAndReturn({
      where: { id, claim },
      data: {
        status,
        reason: fault?.reason ?? null,
        reasonValues: fault?.values ?? {},
        answer,
        durationMs,
        claim: null,
      },
    });
    if (!row) return false;
    const left = row.attempts < mostAttempts && row.type !== webhookTest && status !== gone && row.state === "waiting";
    if (arrived(outcome)) await end(tx, id, "delivered");
    else if (!left) await end(tx, id, "given_up");
    else {
      const pause = pauseAfter(row.attempts, retryAfterMs, Math.random());
      await tx.$executeRaw`
        UPDATE webhook_delivery SET next_at = now() + make_interval(secs => ${pause / 1000}::float8) WHERE id = ${id}::uuid`;
    }
    if (arrived(outcome))
      await tx.webhook.update({
        where: { id: webhookId },
        data: { failingSince: null, deliveredAt: await databaseNow(tx) },
      });
    else if (row.type !== webhookTest) await afterFailure(tx, row, { gaveUp: !left, status });
    return true;
  });
}

async function end(tx: Transaction, id: string, state: "delivered" | "given_up"): Promise<void> {
  await tx.webhookDelivery.update({ where: { id }, data: { state } });
}

async function afterFailure(
  tx: Transaction,
  { webhookId }: WebhookDelivery,
  { gaveUp, status }: { gaveUp: boolean; status: number | null },
): Promise<void> {
  const [row] = await tx.$queryRaw<{ long: boolean }[]>`
    UPDATE webhook SET failing_since = coalesce(failing_since, now()) WHERE id = ${webhookId}::uuid
    RETURNING failing_since < now() - make_interval(days => ${failingDays}::int) AS long`;
  if (status === gone) await disableWebhook(tx, webhookId, "gone");
  else if (gaveUp && row?.long) await disableWebhook(tx, webhookId, "failing");
}

/** Days for which the log is kept; what waits is never removed. */
const keptDays = 30;
const removedAtOnce = 1_000;

/**
 * Gives up what was tried as often as may be without a word of how the last attempt went: its senders did not live to say
 * so. Removes what the log no longer keeps, so many at once.
 */
export async function sweepWebhookDeliveries(db: Database): Promise<void> {
  await db.$executeRaw`
    UPDATE webhook_delivery SET state = 'given_up'
    WHERE state = 'waiting' AND attempts >= ${mostAttempts}::int AND next_at <= now()`;
  await db.$executeRaw`
    DELETE FROM webhook_delivery WHERE id IN (
      SELECT id FROM webhook_delivery WHERE created_at < now() - make_interval(days => ${keptDays}::int) AND state <> 'waiting'
      LIMIT ${removedAtOnce}::int)`;
}
