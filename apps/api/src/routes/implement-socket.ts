import { DomainError, type Route } from "@touchstone/contracts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import { z } from "zod";
import { assertRole, type Principal } from "../plugins/principal.ts";

/** Who opens the socket by its ticket. @throws DomainError unauthenticated */
export type TicketReader = (ticket: string) => Promise<Principal>;

const Query = z.looseObject({ ticket: z.string().optional() });

/**
 * Gives a socket of the route table what accepts it. It opens to the roles of the table only: by the ticket in its query,
 * or else by session or API token, as any other route.
 */
export function implementSocket(
  app: FastifyInstance,
  route: Route & { socket: true },
  readTicket: TicketReader,
  accept: (socket: WebSocket, principal: Principal) => void,
): void {
  app.route({
    method: "GET",
    url: route.path,
    config: { route },
    schema: { params: z.strictObject({}), querystring: route.query ?? z.strictObject({}) },
    onRequest: async (request) => {
      request.principal = await opener(request, readTicket);
      assertRole(request.principal, route.access);
    },
    handler: async () => {
      throw new DomainError("invalid_request", "This address opens as a WebSocket: send Upgrade: websocket.");
    },
    wsHandler: (socket, { principal }) => {
      if (principal) accept(socket, principal);
      else socket.terminate();
    },
  });
}

function opener(request: FastifyRequest, readTicket: TicketReader): Promise<Principal> {
  const { ticket } = Query.parse(request.query);
  return ticket === undefined ? request.authenticate() : readTicket(ticket);
}
