import type { WebhookOff } from "@touchstone/contracts";
import { recordAudit } from "../audit/record.ts";
import type { Transaction } from "../client.ts";

/** What waits for an address that is switched off is sent to it by hand alone. */
export async function endWaiting(tx: Transaction, webhookId: string): Promise<void> {
  await tx.webhookDelivery.updateMany({ where: { webhookId, state: "waiting" }, data: { state: "given_up" } });
}

/** Switches off an address that gives cause for it; the admins are told, and the audit says so. */
export async function disableWebhook(
  tx: Transaction,
  id: string,
  because: Exclude<WebhookOff, "person">,
): Promise<void> {
  const [off] = await tx.$queryRaw<{ workspaceId: string; projectId: string; url: string }[]>`
    UPDATE webhook SET disabled_at = now(), disabled_because = ${because} WHERE id = ${id}::uuid AND disabled_at IS NULL
    RETURNING workspace_id AS "workspaceId", project_id AS "projectId", url`;
  if (!off) return;
  const { workspaceId, projectId, url } = off;
  const webhookHost = new URL(url).host;
  await endWaiting(tx, id);
  await tx.notice.create({ data: { workspaceId, projectId, webhookHost, batch: 0, tasks: 0, judgements: 0 } });
  await recordAudit(tx, { workspaceId, id: null }, "webhook.disabled", id, { projectId, host: webhookHost, because });
}
