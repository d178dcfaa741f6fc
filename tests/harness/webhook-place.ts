import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { WebhookDeliveryView, WebhookMade, WebhookView } from "@touchstone/contracts";
import { type OpenNetwork, OutgoingAllow, openOutgoing } from "@touchstone/outgoing";
import type { Database } from "@touchstone/persistence";
import { openWebhookSender } from "../../apps/worker/src/webhooks/send-due.ts";
import { openApi, type TestApi } from "./api-server.ts";
import { invite, newTenant, type Visitor } from "./visitor.ts";

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** Whoever is told: what came to it, and what it answers, 200 unless a test says otherwise. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  answer: (got: Received) => Answer = () => ({ status: 200 });
  readonly #server = createServer(async (request, response) => {
    const got = { path: request.url ?? "", headers: request.headers, body: await text(request) };
    this.received.push(got);
    const { status, headers, body } = this.answer(got);
    response.writeHead(status, headers).end(body);
  });

  /** @returns its address */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook?room=7`;
  }

  reset(): void {
    this.received.length = 0;
    this.answer = () => ({ status: 200 });
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** As docs/webhooks.md has it. */
export function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return String(headers["webhook-signature"]).split(" ").includes(expected);
}

/** One event that waits for each address of a project. */
export const happens = (db: Database, project: string) => db.$executeRaw`
  SELECT webhook_event(${project}::uuid, uuidv7(), 'run.ended', now(), '{"runId": "one"}')`;

/** As if all pauses had passed, and the claims of whoever sends. */
export const hurry = (db: Database) =>
  db.webhookDelivery.updateMany({ where: { state: "waiting" }, data: { nextAt: new Date(0) } });

export const allEvents = ["judgement.created", "batch.full", "label_set.created", "run.ended"];

/** An API with somebody who names addresses and somebody who judges, and a receiver. */
export interface WebhookPlace {
  readonly db: Database;
  readonly admin: Visitor;
  readonly annotator: Visitor;
  readonly receiver: WebhookReceiver;
  readonly url: string;
  made(project: string, events?: readonly string[], url?: string): Promise<WebhookMade>;
  /** A worker's sender: `all` sends until nothing is due. */
  sender(allow?: OpenNetwork): { turn(): Promise<void>; all(): Promise<void> };
  deliveries(webhook: string): Promise<WebhookDeliveryView[]>;
  webhooks(project: string): Promise<WebhookView[]>;
  /** Forgets all webhooks and what was received. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function openWebhookPlace(): Promise<WebhookPlace> {
  const api: TestApi = await openApi({ TOUCHSTONE_OUTGOING_ALLOW: "127.0.0.1" });
  const db = api.server.database;
  const { admin } = await newTenant(api.server, "ada@example.org");
  const annotator = await invite(admin, "annotator", "bob@example.org");
  const receiver = new WebhookReceiver();
  const url = await receiver.open();
  return {
    ...{ db, admin, annotator, receiver, url },
    async made(project, events = allEvents, to = url) {
      const response = await admin.send("POST", `/api/projects/${project}/webhooks`, { url: to, events });
      if (response.statusCode !== 201) throw new Error(response.body);
      return response.json<WebhookMade>();
    },
    sender(allow = OutgoingAllow.parse("127.0.0.1")) {
      const outgoing = openOutgoing({ allow });
      const sender = openWebhookSender({ db, outgoing, log: { warn: () => undefined } });
      const due = () => db.webhookDelivery.count({ where: { state: "waiting", nextAt: { lte: new Date() } } });
      return {
        turn: sender.turn,
        async all() {
          do {
            await sender.turn();
            await sender.settled();
          } while ((await due()) > 0);
          await outgoing.close();
        },
      };
    },
    async deliveries(webhook) {
      const { items } = (await admin.send("GET", `/api/webhooks/${webhook}/deliveries`)).json<{
        items: WebhookDeliveryView[];
      }>();
      return items;
    },
    async webhooks(project) {
      const { items } = (await admin.send("GET", `/api/projects/${project}/webhooks`)).json<{ items: WebhookView[] }>();
      return items;
    },
    async reset() {
      receiver.reset();
      await db.webhook.deleteMany({});
    },
    async close() {
      receiver.close();
      await api.close();
    },
  };
}
