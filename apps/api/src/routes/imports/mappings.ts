import { routes } from "@touchstone/contracts";
import { changeMapping, deleteMapping, listMappings, saveMapping } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";
import { checkReading } from "./reading-query.ts";

/** Saved mappings. */
export const mappingRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listMappings, async ({ params, member }) => ({
    items: await listMappings(db, member.workspaceId, params.id),
  }));

  implement(app, routes.saveMapping, ({ params, body, member }) => {
    checkReading(body.reading);
    return saveMapping(db, member, params.id, body);
  });

  implement(app, routes.changeMapping, ({ params, body, member }) => {
    if (body.reading) checkReading(body.reading);
    return changeMapping(db, member, params.id, body);
  });

  implement(app, routes.deleteMapping, async ({ params, member }) => {
    await deleteMapping(db, member, params.id);
    return undefined;
  });
};
