import { createHmac } from "node:crypto";
import { DomainError } from "@touchstone/contracts";
import type { Outgoing, OutgoingAnswer } from "./outgoing.ts";
import { retryAfterOf } from "./retry-after.ts";

/** One event for one address. */
export interface WebhookMessage {
  readonly url: string;
  /** The same at every attempt. */
  readonly eventId: string;
  /** `whsec_…`: each signs, so that a receiver may know either while they are changed. */
  readonly secrets: readonly string[];
  /** JSON, sent and signed as it is. */
  readonly payload: string;
}

export interface WebhookOutcome {
  readonly status: number | null;
  readonly fault: { readonly reason: string; readonly values: Readonly<Record<string, string | number>> } | null;
  readonly answer: string | null;
  readonly durationMs: number;
  readonly retryAfterMs: number | null;
}

/** Receivers answer first and work later: who takes longer is tried again. The whole is well below the claim on a delivery. */
const limits = { answerMs: 15_000, idleMs: 5_000, wholeMs: 25_000, bytes: Number.POSITIVE_INFINITY, redirects: 0 };

/** As much of the answer is kept for whoever looks why it failed. */
const keptBytes = 1_024;

/**
 * The value of webhook-signature by Standard Webhooks: for each secret `v1,` and the base64 of an HMAC-SHA256 over
 * `id.timestamp.payload`.
 *
 * @param timestamp seconds since 1970
 */
export function webhookSignature(
  { eventId, secrets, payload }: Omit<WebhookMessage, "url">,
  timestamp: number,
): string {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return `v1,${createHmac("sha256", key).update(`${eventId}.${timestamp}.${payload}`).digest("base64")}`;
  });
  return signatures.join(" ");
}

/** Sends an event once. Never throws for what the other side does, or for an address that may not be reached. */
export async function sendWebhook(outgoing: Outgoing, message: WebhookMessage): Promise<WebhookOutcome> {
  const timestamp = Math.floor(Date.now() / 1000);
  const began = performance.now();
  const headers = {
    "content-type": "application/json",
    "webhook-id": message.eventId,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": webhookSignature(message, timestamp),
  };
  const request = { method: "POST", headers, body: message.payload, limits, anyPacking: true } as const;
  try {
    const answer = await outgoing.request(message.url, request);
    const beginning = await beginningOf(answer);
    const retryAfterMs = retryAfterOf(answer);
    return { status: answer.status, fault: null, answer: beginning, durationMs: since(began), retryAfterMs };
  } catch (error) {
    if (!(error instanceof DomainError) || error.reason === undefined) throw error;
    const fault = { reason: error.reason, values: error.values ?? {} };
    return { status: null, fault, answer: null, durationMs: since(began), retryAfterMs: null };
  }
}

const since = (began: number) => Math.round(performance.now() - began);

/** The status says all that matters; an answer whose body breaks off or can't be unpacked is an answer. */
async function beginningOf({ body }: OutgoingAnswer): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= keptBytes) break;
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  // A character that is cut in two is left out; Postgres keeps no NUL.
  const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, keptBytes), { stream: true });
  return text.replaceAll("\0", "\uFFFD");
}
