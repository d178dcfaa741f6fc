import { routes } from "@touchstone/contracts";
import { listNotices, readNotices } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

export const noticeRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;
  implement(app, routes.listNotices, ({ member }) => listNotices(db, member));
  implement(app, routes.readNotices, async ({ body, member }) => {
    await readNotices(db, member, body.upTo);
    return undefined;
  });
};
