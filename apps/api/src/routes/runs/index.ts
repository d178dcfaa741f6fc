import { type RunDraft, routes } from "@touchstone/contracts";
import {
  cancelRun,
  getRun,
  getRunMetrics,
  launchRound,
  launchRun,
  launchSimulation,
  listRuns,
  recordAudit,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

/** Runs: a row and an outbox entry here, everything else in a worker. */
export const runRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listRuns, ({ params, query, member }) => listRuns(db, member.workspaceId, params.id, query));

  implement(app, routes.launchRun, async ({ params, body, member }) => {
    const draft: RunDraft = body;
    const run = await launchRun(db, member, params.id, draft);
    await recordAudit(db, member, "run.launched", run.id, { kind: run.kind, projectId: params.id });
    return run;
  });

  implement(app, routes.launchRound, async ({ params, body, member }) => {
    const round = await launchRound(db, member, params.id, body);
    await recordAudit(db, member, "round.launched", round.evaluationId, { preset: body.preset, projectId: params.id });
    return round;
  });

  implement(app, routes.simulate, async ({ params, body, member }) => {
    const run = await launchSimulation(db, member, params.id, body);
    await recordAudit(db, member, "simulation.launched", run.id, { projectId: params.id });
    return run;
  });

  implement(app, routes.getRun, ({ params, member }) => getRun(db, member.workspaceId, params.id));

  implement(app, routes.getRunMetrics, async ({ params, query, member }) => ({
    series: await getRunMetrics(db, member.workspaceId, params.id, query.after),
  }));

  implement(app, routes.cancelRun, async ({ params, member }) => {
    const run = await cancelRun(db, member.workspaceId, params.id);
    await recordAudit(db, member, "run.cancelled", run.id, {});
    return run;
  });
};
