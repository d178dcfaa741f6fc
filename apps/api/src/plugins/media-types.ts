import { DomainError, type Route } from "@touchstone/contracts";
import type { FastifyRequest } from "fastify";

/**
 * Refuses a body of another type than the route takes. Parsers are known to the whole server, so without this a JSON
 * route would be handed the stream of an import.
 *
 * @throws DomainError unsupported_media_type, naming what is accepted.
 */
export function assertMediaType(request: FastifyRequest, route: Route): void {
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  const accepted = route.stream ?? ["application/json"];
  if (type === undefined ? !hasBody(request) : accepted.includes(type)) return;
  throw new DomainError("unsupported_media_type", `Send ${accepted.join(" or ")}${type ? `, not ${type}` : ""}.`);
}

export function hasBody(request: FastifyRequest): boolean {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  return encoding !== undefined || (length !== undefined && length !== "0");
}
