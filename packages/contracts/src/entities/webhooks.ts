import { z } from "zod";
import { Id, Timestamp, text } from "./scalars.ts";

/** What a project can tell of; docs/webhooks.md says what each brings. */
export const WebhookEvent = z.enum([
  "judgement.created",
  "batch.full",
  "label_set.created",
  "run.ended",
  "model.promoted",
]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** The kind of an event that is sent to try an address; nobody has to choose it. */
export const webhookTest = "webhook.test";

/** Why nothing is sent to an address: somebody switched it off, it answered 410, or it took nothing for days. */
export const WebhookOff = z.enum(["person", "gone", "failing"]);
export type WebhookOff = z.infer<typeof WebhookOff>;

/** Of a project. */
export const mostWebhooks = 10;

const Address = text(2000, 1);
const Events = z
  .array(WebhookEvent)
  .min(1)
  .transform((events) => WebhookEvent.options.filter((event) => events.includes(event)));

export const WebhookDraft = z.strictObject({ url: Address, events: Events });
export type WebhookDraft = z.infer<typeof WebhookDraft>;

export const WebhookChange = z.strictObject({
  url: Address.optional(),
  events: Events.optional(),
  /** Switches it on, or off: then no events are kept for it, and what waits is given up. */
  on: z.boolean().optional(),
});
export type WebhookChange = z.infer<typeof WebhookChange>;

export const WebhookView = z.object({
  id: Id,
  projectId: Id,
  url: z.string(),
  events: z.array(WebhookEvent),
  /** Why and since when nothing is sent; null while it is on. */
  off: z.object({ because: WebhookOff, since: Timestamp }).nullable(),
  /** Since when no attempt has been well; null while the last one was. */
  failingSince: Timestamp.nullable(),
  /** When something arrived last. */
  deliveredAt: Timestamp.nullable(),
  /** Events that have yet to arrive. */
  waiting: z.number().int(),
  createdAt: Timestamp,
});
export type WebhookView = z.infer<typeof WebhookView>;

/** The one answer that has the secret. */
export const WebhookMade = z.object({ webhook: WebhookView, secret: z.string() });
export type WebhookMade = z.infer<typeof WebhookMade>;

export const WebhookDeliveryState = z.enum(["waiting", "delivered", "given_up"]);
export type WebhookDeliveryState = z.infer<typeof WebhookDeliveryState>;

/** One event for one address, and its last attempt. */
export const WebhookDeliveryView = z.object({
  id: Id,
  /** Sent as webhook-id, the same at every attempt. */
  eventId: Id,
  type: z.string(),
  state: WebhookDeliveryState,
  attempts: z.number().int(),
  /** When it is tried next; null unless it waits. */
  nextAt: Timestamp.nullable(),
  triedAt: Timestamp.nullable(),
  /** The HTTP status of the last answer; null where there was none. */
  status: z.number().int().nullable(),
  /** Why there was none. */
  fault: z
    .object({
      message: z.string(),
      reason: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable(),
  /** The beginning of the last answer. */
  answer: z.string().nullable(),
  durationMs: z.number().int().nullable(),
  /** What is sent, as text. */
  payload: z.string(),
  createdAt: Timestamp,
});
export type WebhookDeliveryView = z.infer<typeof WebhookDeliveryView>;
