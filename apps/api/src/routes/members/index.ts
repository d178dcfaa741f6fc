import { routes } from "@touchstone/contracts";
import { changeMember, listMembers } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { assertSignedIn } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";

export const memberRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;
  implement(app, routes.listMembers, ({ query, member }) => listMembers(db, member.workspaceId, query));
  implement(app, routes.changeMember, ({ params, body, member }) => {
    // A role that a leaked token gave would stay when the token is revoked.
    if (body.role !== undefined) assertSignedIn(member);
    return changeMember(db, member, params.id, body);
  });
};
