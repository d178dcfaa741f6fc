import { routes } from "@touchstone/contracts";
import { listAuditEvents } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

export const auditRoutes: FastifyPluginAsync = async (app) => {
  implement(app, routes.listAuditEvents, ({ query, member }) =>
    listAuditEvents(app.database, member.workspaceId, query),
  );
};
