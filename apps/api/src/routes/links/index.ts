import { routes } from "@touchstone/contracts";
import { createLink, listLinks, revokeLink } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

/** Without a mail server, people come in by links that an admin passes on. */
export const linkRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;
  implement(app, routes.listLinks, async ({ member }) => ({ items: await listLinks(db, member.workspaceId) }));
  implement(app, routes.createLink, ({ body, member }) => createLink(db, member, body));
  implement(app, routes.revokeLink, async ({ params, member }) => {
    await revokeLink(db, member, params.id);
    return undefined;
  });
};
