import { routes } from "@touchstone/contracts";
import type { FastifyPluginAsync } from "fastify";
import { issueTicket, ticketSeconds } from "../../sockets/tickets.ts";
import { implement } from "../implement.ts";

export const socketTicketRoutes: FastifyPluginAsync = async (app) => {
  implement(app, routes.createSocketTicket, async ({ member }) => ({
    ticket: await issueTicket(app.redis, member),
    expiresInSeconds: ticketSeconds,
  }));
};
