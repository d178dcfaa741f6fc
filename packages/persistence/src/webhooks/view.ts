import {
  type OutgoingReason,
  outgoingReasons,
  sentenceOf,
  WebhookDeliveryView,
  WebhookEvent,
  WebhookView,
} from "@touchstone/contracts";
import { z } from "zod";
import type { WebhookDelivery } from "../generated/client.ts";

/** All columns but the secrets, which are read by whoever signs and by nobody else; and how many events wait. */
export const shownColumns = {
  id: true,
  projectId: true,
  url: true,
  events: true,
  disabledAt: true,
  disabledBecause: true,
  failingSince: true,
  deliveredAt: true,
  createdAt: true,
  _count: { select: { deliveries: { where: { state: "waiting" } } } },
} as const;

export interface ShownWebhook {
  readonly id: string;
  readonly projectId: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly disabledAt: Date | null;
  readonly disabledBecause: string | null;
  readonly failingSince: Date | null;
  readonly deliveredAt: Date | null;
  readonly createdAt: Date;
  readonly _count: { readonly deliveries: number };
}

export function toWebhookView(row: ShownWebhook): WebhookView {
  const { disabledAt, disabledBecause } = row;
  return WebhookView.parse({
    ...row,
    // One of a newer version is not shown as chosen here.
    events: WebhookEvent.options.filter((event) => row.events.includes(event)),
    off: disabledAt && { because: disabledBecause, since: disabledAt.toISOString() },
    failingSince: row.failingSince?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    waiting: row._count.deliveries,
  });
}

const Values = z.record(z.string(), z.union([z.string(), z.number()])).catch({});

function isReason(reason: string): reason is OutgoingReason {
  return Object.hasOwn(outgoingReasons, reason);
}

function faultOf({ reason, reasonValues }: WebhookDelivery) {
  if (reason === null || !isReason(reason)) return null;
  const values = Values.parse(reasonValues);
  return { message: sentenceOf(outgoingReasons[reason], values), reason, values };
}

export function toDeliveryView(row: WebhookDelivery): WebhookDeliveryView {
  return WebhookDeliveryView.parse({
    ...row,
    nextAt: row.state === "waiting" ? row.nextAt.toISOString() : null,
    triedAt: row.triedAt?.toISOString() ?? null,
    fault: faultOf(row),
    createdAt: row.createdAt.toISOString(),
  });
}
