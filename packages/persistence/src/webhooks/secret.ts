import { randomBytes } from "node:crypto";

/** By this a secret is known for one wherever it leaks to, as Standard Webhooks has it. */
const prefix = "whsec_";

/** 256 random bits, in base64 as the specification wants them (24 to 64 bytes). */
export function newWebhookSecret(): string {
  return prefix + randomBytes(32).toString("base64");
}
