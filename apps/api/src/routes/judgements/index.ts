import { routes } from "@touchstone/contracts";
import { countOpenRemarks, getJudgement, getSkip, listJudgements, listRemarks } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

/** What has been judged, for those who run a project. */
export const judgementRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.getProjectFigures, ({ params, member }) =>
    app.projectFigures.read(member.workspaceId, params.id),
  );

  implement(app, routes.getProjectQuality, ({ params, member }) =>
    app.projectQuality.read(member.workspaceId, params.id),
  );

  implement(app, routes.listJudgements, ({ params, query, member }) =>
    listJudgements(db, member.workspaceId, params.id, query),
  );

  implement(app, routes.getJudgement, ({ params, member }) => getJudgement(db, member.workspaceId, params.id));

  implement(app, routes.countOpenRemarks, ({ params, member }) => countOpenRemarks(db, member.workspaceId, params.id));
  implement(app, routes.listRemarks, ({ params, query, member }) =>
    listRemarks(db, member.workspaceId, params.id, query),
  );

  implement(app, routes.getSkip, ({ params, member }) => getSkip(db, member.workspaceId, params.id));
};
