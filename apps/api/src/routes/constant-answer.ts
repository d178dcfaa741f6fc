import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Sent, sent } from "./implement.ts";
import { matchesEtag } from "./matches-etag.ts";

/**
 * An answer that stays as it is while the process runs: written once, and all who wait for it share its bytes. Whoever has
 * it already is told that it is the same (RFC 9110, 13.1.2).
 */
export function constantAnswer(value: unknown): (request: FastifyRequest, reply: FastifyReply) => Sent {
  const body = Buffer.from(JSON.stringify(value));
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  return ({ headers }, reply) => {
    // May be kept, and is asked about each time.
    reply.header("etag", etag).header("cache-control", "no-cache");
    if (matchesEtag(headers["if-none-match"], etag)) reply.code(304).send();
    else reply.code(200).type("application/json; charset=utf-8").send(body);
    return sent;
  };
}
