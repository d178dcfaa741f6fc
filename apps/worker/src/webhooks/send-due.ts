import { type Outgoing, sendWebhook } from "@touchstone/outgoing";
import { claimDeliveries, type Database, type DueDelivery, recordDelivery } from "@touchstone/persistence";
import type { Logger } from "pino";

/** Attempts under way in this process. */
const mostUnderWay = 16;

export interface WebhookSender {
  /** Begins what is due and has room; it does not wait for the answers. */
  turn(): Promise<void>;
  /** Waits until what is under way is written down. */
  settled(): Promise<void>;
}

/** Sends what webhooks wait for. Several workers send side by side, each delivery by one of them alone. */
export function openWebhookSender({
  db,
  outgoing,
  log,
}: {
  db: Database;
  outgoing: Outgoing;
  log: Pick<Logger, "warn">;
}): WebhookSender {
  /** Each attempt with its address. */
  const underWay = new Map<Promise<void>, string>();

  async function send(delivery: DueDelivery): Promise<void> {
    await recordDelivery(db, delivery, await sendWebhook(outgoing, delivery));
  }

  return {
    async turn() {
      const limit = mostUnderWay - underWay.size;
      if (limit === 0) return;
      for (const delivery of await claimDeliveries(db, { limit, underWay: [...underWay.values()] })) {
        const work = send(delivery)
          // Not written down, so it is sent again once its claim is over.
          .catch((error: unknown) =>
            log.warn({ err: error, delivery: delivery.id }, "a webhook was not sent or its answer not written down"),
          )
          .finally(() => underWay.delete(work));
        underWay.set(work, delivery.webhookId);
      }
    },
    async settled() {
      await Promise.all(underWay.keys());
    },
  };
}
