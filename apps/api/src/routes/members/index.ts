import { routes } from "@touchstone/contracts";
import { changeMember, listMembers } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

export const memberRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;
  implement(app, routes.listMembers, ({ query, member }) => listMembers(db, member.workspaceId, query));
  implement(app, routes.changeMember, ({ params, body, member }) => changeMember(db, member, params.id, body));
};
