import {
  mostWebhooks,
  refused,
  type WebhookChange,
  type WebhookDraft,
  type WebhookMade,
  type WebhookView,
} from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import { type Database, databaseNow, type Transaction } from "../client.ts";
import { assertProject } from "../projects/queries.ts";
import { endWaiting } from "./disable.ts";
import { newWebhookSecret } from "./secret.ts";
import { type ShownWebhook, shownColumns, toWebhookView } from "./view.ts";

/** How long the secret before the last signs too: until a receiver has surely been given the new one. */
const formerHours = 24;

/** What an address may give away stands in its path; its host is enough to know which one it was. */
const hostOf = (url: string): string => new URL(url).host;

export async function listWebhooks(db: Database, workspaceId: string, projectId: string): Promise<WebhookView[]> {
  await assertProject(db, workspaceId, projectId);
  const where = { workspaceId, projectId };
  const rows = await db.webhook.findMany({ where, orderBy: { id: "asc" }, select: shownColumns });
  return rows.map(toWebhookView);
}

/** The secret is in this answer and nowhere else. @throws DomainError not_found, conflict for one too many. */
export async function createWebhook(
  db: Database,
  by: Actor,
  projectId: string,
  { url, events }: WebhookDraft,
): Promise<WebhookMade> {
  const { workspaceId } = by;
  await assertProject(db, workspaceId, projectId);
  const secret = newWebhookSecret();
  return db.$transaction(async (tx) => {
    // Whoever makes one at the same time waits.
    await tx.$queryRaw`SELECT FROM project WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
    if ((await tx.webhook.count({ where: { projectId } })) >= mostWebhooks) {
      throw refused("tooManyWebhooks", { limit: mostWebhooks });
    }
    const data = { workspaceId, projectId, url, events, secret };
    const row = await tx.webhook.create({ data, select: shownColumns });
    await recordAudit(tx, by, "webhook.created", row.id, { projectId, host: hostOf(url), events: events.join(" ") });
    return { webhook: toWebhookView(row), secret };
  });
}

/** @throws DomainError not_found, also for one of another workspace. */
async function lockWebhook(tx: Transaction, workspaceId: string, id: string): Promise<ShownWebhook> {
  await tx.$queryRaw`SELECT FROM webhook WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
  const row = await tx.webhook.findFirst({ where: { id, workspaceId }, select: shownColumns });
  if (!row) throw refused("notThere", { kind: "webhook" });
  return row;
}

/** @throws DomainError not_found */
export async function changeWebhook(db: Database, by: Actor, id: string, change: WebhookChange): Promise<WebhookView> {
  const { url, events, on } = change;
  return db.$transaction(async (tx) => {
    const before = await lockWebhook(tx, by.workspaceId, id);
    const turned = on !== undefined && on === (before.disabledAt !== null);
    const off = turned ? { disabledAt: on ? null : await databaseNow(tx), disabledBecause: on ? null : "person" } : {};
    // Another address, or one that is trusted again, has failed nothing yet.
    const afresh = (url !== undefined && url !== before.url) || (turned && on) ? { failingSince: null } : {};
    const data = {
      ...(url === undefined ? {} : { url }),
      ...(events === undefined ? {} : { events }),
      ...off,
      ...afresh,
    };
    // Switched on too: an event of the moment in which it was switched off may wait still.
    if (turned) await endWaiting(tx, id);
    const row = await tx.webhook.update({ where: { id }, data, select: shownColumns });
    await recordAudit(tx, by, "webhook.changed", id, {
      projectId: row.projectId,
      host: hostOf(row.url),
      ...(events === undefined ? {} : { events: events.join(" ") }),
      ...(on === undefined ? {} : { on }),
    });
    return toWebhookView(row);
  });
}

/** The former secret goes on signing for a day beside the new one. @throws DomainError not_found */
export async function rotateWebhookSecret(db: Database, by: Actor, id: string): Promise<WebhookMade> {
  const secret = newWebhookSecret();
  return db.$transaction(async (tx) => {
    const row = await lockWebhook(tx, by.workspaceId, id);
    await tx.$executeRaw`
      UPDATE webhook SET former_secret = secret, former_until = now() + make_interval(hours => ${formerHours}::int),
        secret = ${secret} WHERE id = ${id}::uuid`;
    const { projectId, url } = row;
    await recordAudit(tx, by, "webhook.secretRotated", id, { projectId, host: hostOf(url) });
    return { webhook: toWebhookView(row), secret };
  });
}

/** With all that is known of its deliveries. @throws DomainError not_found */
export async function deleteWebhook(db: Database, by: Actor, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { projectId, url } = await lockWebhook(tx, by.workspaceId, id);
    await tx.webhook.delete({ where: { id } });
    await recordAudit(tx, by, "webhook.deleted", id, { projectId, host: hostOf(url) });
  });
}
