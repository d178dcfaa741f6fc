import { routes } from "@touchstone/contracts";
import { createLink, listLinks, revokeLink } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { assertSignedIn } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";
import { reachOf } from "./reach.ts";

/** Without a mail server, people come in by links that an admin passes on. */
export const linkRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const db = app.database;
  implement(app, routes.listLinks, async ({ member }) => ({
    items: await listLinks(db, member.workspaceId),
    reach: reachOf(environment),
  }));
  implement(app, routes.createLink, ({ body, member }) => {
    // An open link makes annotators of one project; the others make members with power, or take a login over.
    if (body.kind !== "open") assertSignedIn(member);
    return createLink(db, member, body);
  });
  implement(app, routes.revokeLink, async ({ params, member }) => {
    await revokeLink(db, member, params.id);
    return undefined;
  });
};
