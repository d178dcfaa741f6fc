import { routes } from "@touchstone/contracts";
import { openReportCardQueue } from "@touchstone/jobs";
import { getModelLineage, listLabelSetJudgements, listModels, listStandingChoices } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";
import { reportCardOf } from "./report-card-of.ts";

/** Models and where they come from, down to single judgements. */
export const modelRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;
  const cards = openReportCardQueue(app.redis);
  app.addHook("onClose", () => cards.close().catch(() => undefined));

  implement(app, routes.listModels, ({ query, member }) => listModels(db, member.workspaceId, query));

  implement(app, routes.getModelLineage, ({ params, member }) => getModelLineage(db, member.workspaceId, params.id));

  implement(app, routes.getReportCard, ({ params, member }) =>
    reportCardOf({ db, files: app.files }, cards, { workspaceId: member.workspaceId, modelId: params.id }),
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
