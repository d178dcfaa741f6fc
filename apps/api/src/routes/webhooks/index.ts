import { DomainError, routes } from "@touchstone/contracts";
import { type Outgoing, sendWebhook } from "@touchstone/outgoing";
import {
  beginWebhookTest,
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhookDelivery,
  listWebhookDeliveries,
  listWebhooks,
  recordDelivery,
  rotateWebhookSecret,
  sendWebhookAgain,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { assertSignedIn } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";

/** At its field. The same is asked again whenever something is sent, for a name may lead elsewhere by then. */
async function assertReachable(outgoing: Outgoing, url: string): Promise<void> {
  await outgoing.judge(url).catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
    const { code, message, reason, values } = error;
    throw new DomainError(code, message, { issues: [{ path: "url", message, reason, values }] });
  });
}

/** Where a project tells of its events. An address outlives the token that would name it, so only a session names one. */
export const webhookRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listWebhooks, async ({ params, member }) => ({
    items: await listWebhooks(db, member.workspaceId, params.id),
  }));

  implement(app, routes.createWebhook, async ({ params, body, member }) => {
    assertSignedIn(member);
    await assertReachable(app.outgoing, body.url);
    return createWebhook(db, member, params.id, body);
  });

  implement(app, routes.changeWebhook, async ({ params, body, member }) => {
    assertSignedIn(member);
    if (body.url !== undefined) await assertReachable(app.outgoing, body.url);
    return changeWebhook(db, member, params.id, body);
  });

  implement(app, routes.rotateWebhookSecret, ({ params, member }) => {
    assertSignedIn(member);
    return rotateWebhookSecret(db, member, params.id);
  });

  implement(app, routes.deleteWebhook, async ({ params, member }) => {
    await deleteWebhook(db, member, params.id);
    return undefined;
  });

  implement(app, routes.testWebhook, async ({ params, member }) => {
    const test = await beginWebhookTest(db, member, params.id);
    await recordDelivery(db, test, await sendWebhook(app.outgoing, test));
    return getWebhookDelivery(db, params.id, test.id);
  });

  implement(app, routes.listWebhookDeliveries, ({ params, query, member }) =>
    listWebhookDeliveries(db, member.workspaceId, params.id, query),
  );

  implement(app, routes.sendWebhookAgain, ({ params, member }) =>
    sendWebhookAgain(db, member, params.id, params.deliveryId),
  );
};
