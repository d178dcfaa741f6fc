import { routes } from "@touchstone/contracts";
import {
  getModelLineage,
  getReportCard,
  listLabelSetJudgements,
  listModels,
  listStandingChoices,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

/** Models and where they come from, down to single judgements. */
export const modelRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listModels, ({ query, member }) => listModels(db, member.workspaceId, query));

  implement(app, routes.getModelLineage, ({ params, member }) => getModelLineage(db, member.workspaceId, params.id));

  implement(app, routes.getReportCard, ({ params, member }) =>
    getReportCard({ db, files: app.files }, member.workspaceId, params.id),
  );

  implement(app, routes.getModelStanding, ({ params, query, member }) =>
    app.projectFigures.standing(member.workspaceId, params.id, query),
  );
  implement(app, routes.listStandingChoices, ({ params, member }) =>
    listStandingChoices(db, member.workspaceId, params.id),
  );

  implement(app, routes.listLabelSetJudgements, ({ params, query, member }) =>
    listLabelSetJudgements(db, member.workspaceId, params.id, query),
  );
};
