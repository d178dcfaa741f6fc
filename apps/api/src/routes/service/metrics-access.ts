import { createHash, timingSafeEqual } from "node:crypto";
import { refused } from "@touchstone/contracts";
import type { FastifyRequest } from "fastify";
import type { Environment } from "../../environment.ts";
import { clientAddress } from "../../plugins/client-address.ts";

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
const bearer = /^Bearer (\S+)$/;
/** What proxies add: from one on this machine that nobody has declared, everybody comes from this machine. */
const forwarding = ["forwarded", "x-forwarded-for", "x-real-ip"] as const;

type Asking = Pick<FastifyRequest, "headers" | "ip">;

/**
 * Metrics tell how busy who is, which is the operator's business: they are read from this machine itself, or with the
 * token that the operator has set.
 *
 * @throws DomainError forbidden
 */
export function assertMayReadMetrics(
  request: Asking,
  { metricsToken, trustProxy }: Pick<Environment, "metricsToken" | "trustProxy">,
): void {
  const [, given] = bearer.exec(request.headers.authorization ?? "") ?? [];
  if (metricsToken !== undefined && given !== undefined && isSame(given, metricsToken)) return;
  const forwarded = forwarding.some((name) => request.headers[name] !== undefined);
  if (loopback.has(clientAddress(request)) && (trustProxy !== false || !forwarded)) return;
  throw refused("metricsElsewhere", { name: "TOUCHSTONE_METRICS_TOKEN" });
}

/** Digests are of one length, and comparing them takes one time. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
