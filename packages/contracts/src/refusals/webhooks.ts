import { outgoingReasons } from "../outgoing-reasons.ts";
import { coded, type Refusals } from "./shape.ts";

/** Why a request is refused, of what is sent elsewhere. */
export const webhookRefusals = {
  tooManyWebhooks: ["conflict", "This project has as many webhooks as it may ({limit}). Delete one that nobody needs."],
  webhookOff: ["conflict", "This webhook is switched off, so nothing is sent to it. Switch it on first."],
  ...coded("invalid_value", outgoingReasons),
} as const satisfies Refusals;
