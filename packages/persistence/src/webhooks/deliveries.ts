import { refused, type WebhookDeliveryView, webhookTest } from "@touchstone/contracts";
import type { Actor } from "../audit/record.ts";
import { type Database, newId } from "../client.ts";
import { claimOne, type DueDelivery } from "./claim.ts";
import { toDeliveryView } from "./view.ts";

/** @throws DomainError not_found, also for one of another workspace. */
async function assertWebhook(db: Database, workspaceId: string, id: string) {
  const select = { projectId: true, disabledAt: true } as const;
  const row = await db.webhook.findFirst({ where: { id, workspaceId }, select });
  if (!row) throw refused("notThere", { kind: "webhook" });
  return row;
}

/** The log of an address, newest first. @throws DomainError not_found */
export async function listWebhookDeliveries(
  db: Database,
  workspaceId: string,
  webhookId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: WebhookDeliveryView[]; next: string | null }> {
  await assertWebhook(db, workspaceId, webhookId);
  const where = { webhookId, ...(cursor === undefined ? {} : { id: { lt: cursor } }) };
  const rows = await db.webhookDelivery.findMany({ where, orderBy: { id: "desc" }, take: limit + 1 });
  const items = rows.slice(0, limit).map(toDeliveryView);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export async function getWebhookDelivery(db: Database, webhookId: string, id: string): Promise<WebhookDeliveryView> {
  const row = await db.webhookDelivery.findFirst({ where: { id, webhookId } });
  if (!row) throw refused("notThere", { kind: "delivery" });
  return toDeliveryView(row);
}

/** An event that tries an address, for whoever calls to send at once. Nobody else sends it. @throws DomainError not_found */
export async function beginWebhookTest(db: Database, by: Actor, webhookId: string): Promise<DueDelivery> {
  const { workspaceId } = by;
  const { projectId } = await assertWebhook(db, workspaceId, webhookId);
  const eventId = await newId(db);
  const payload = JSON.stringify({ type: webhookTest, timestamp: new Date().toISOString(), data: { projectId } });
  const data = { workspaceId, webhookId, eventId, type: webhookTest, payload, state: "given_up" } as const;
  const { id } = await db.webhookDelivery.create({ data, select: { id: true } });
  return claimOne(db, id);
}

/**
 * Puts an event back among those to be sent, with the same id and all attempts before it; one that is being sent just now
 * is left alone.
 *
 * @throws DomainError not_found, conflict where the address is switched off.
 */
export async function sendWebhookAgain(
  db: Database,
  by: Actor,
  webhookId: string,
  id: string,
): Promise<WebhookDeliveryView> {
  const { disabledAt } = await assertWebhook(db, by.workspaceId, webhookId);
  if (disabledAt) throw refused("webhookOff");
  await db.$executeRaw`
    UPDATE webhook_delivery SET state = 'waiting', attempts = 0, next_at = now(), claim = NULL
    WHERE id = ${id}::uuid AND webhook_id = ${webhookId}::uuid AND NOT (state = 'waiting' AND claim IS NOT NULL AND next_at > now())`;
  return getWebhookDelivery(db, webhookId, id);
}
