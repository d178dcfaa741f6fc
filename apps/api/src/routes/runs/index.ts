import { type RunDraft, routes } from "@touchstone/contracts";
import {
  cancelRun,
  getRun,
  getRunMetrics,
  launchRound,
  launchRun,
  launchSimulation,
  listRuns,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

/** Runs: a row and an outbox entry here, everything else in a worker. */
export const runRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listRuns, ({ params, query, member }) => listRuns(db, member.workspaceId, params.id, query));

  implement(app, routes.launchRun, ({ params, body, member }) => {
    const draft: RunDraft = body;
    return launchRun(db, member, params.id, draft);
  });

  implement(app, routes.launchRound, ({ params, body, member }) => launchRound(db, member, params.id, body));

  implement(app, routes.simulate, ({ params, body, member }) => launchSimulation(db, member, params.id, body));

  implement(app, routes.getRun, ({ params, member }) => getRun(db, member.workspaceId, params.id));

  implement(app, routes.getRunMetrics, ({ params, query, member }) =>
    getRunMetrics(db, member.workspaceId, params.id, query),
  );

  implement(app, routes.cancelRun, ({ params, member }) => cancelRun(db, member, params.id));
};
