import { normalizeIP } from "@fastify/rate-limit";
import type { FastifyRequest } from "fastify";

/**
 * The address of whoever asks. Fastify's `request.ip` says it is always there, but it is read from the socket, and one
 * that the client has closed meanwhile has none any more: all of those share a name, and nobody is waiting for the answer.
 */
export function clientAddress({ ip }: { readonly ip: FastifyRequest["ip"] | undefined }): string {
  return ip ?? "gone";
}

/** By whom something is counted: the address, and of IPv6 the network of a household (/64), which has addresses to waste. */
export const countedAddress = (request: { readonly ip: FastifyRequest["ip"] | undefined }): string =>
  normalizeIP(clientAddress(request));

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Without a trusted proxy everything local shares these; a limit on them would hit everybody at once. */
export const isLocal = (request: { readonly ip: FastifyRequest["ip"] | undefined }): boolean =>
  loopback.has(clientAddress(request));
