import { type Outgoing, sendWebhook } from "@touchstone/outgoing";
import { claimDeliveries, type Database, type DueDelivery, mostAtOnce, recordDelivery } from "@touchstone/persistence";
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
export function openWebhookSender(
  { db, outgoing, log }: { db: Database; outgoing: Outgoing; log: Pick<Logger, "warn"> },
  { claimSeconds }: { claimSeconds?: number } = {},
): WebhookSender {
  const underWay = new Map<Promise<void>, string>();

  async function send(delivery: DueDelivery): Promise<void> {
    const outcome = await sendWebhook(outgoing, delivery);
    await recordDelivery(db, delivery, outcome);
  }

  /** Addresses that are sent to as often at once as they may be. */
  function busy(): string[] {
    const counts = new Map<string, number>();
    for (const webhookId of underWay.values()) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= mostAtOnce).map(([webhookId]) => webhookId);
  }

  return {
    async turn() {
      const limit = mostUnderWay - underWay.size;
      if (limit === 0) return;
      const seconds = claimSeconds === undefined ? {} : { seconds: claimSeconds };
      for (const delivery of await claimDeliveries(db, { limit, busy: busy(), ...seconds })) {
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
