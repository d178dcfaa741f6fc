import type { FastifyRequest } from "fastify";

/**
 * The address of whoever asks. Fastify's `request.ip` says it is always there, but it is read from the socket, and one
 * that the client has closed meanwhile has none any more: all of those share a name, and nobody is waiting for the answer.
 */
export function clientAddress({ ip }: { readonly ip: FastifyRequest["ip"] | undefined }): string {
  return ip ?? "gone";
}
