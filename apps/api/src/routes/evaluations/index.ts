import { routes } from "@touchstone/contracts";
import { countEvaluationPrompts, createEvaluation, getProject, listEvaluationPairs } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { callerGone } from "../../plugins/caller-gone.ts";
import { implement } from "../implement.ts";

/** Blind comparisons of two policies by people. */
export const evaluationRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listEvaluations, async ({ params, member, reply }) => {
    const asked = { workspaceId: member.workspaceId, projectId: params.id };
    return { items: await app.reading.run("evaluations", asked, callerGone(reply)) };
  });

  implement(app, routes.createEvaluation, ({ params, body, member }) => createEvaluation(db, member, params.id, body));

  implement(app, routes.getEvaluation, ({ params, member, reply }) =>
    app.reading.run("evaluation", { workspaceId: member.workspaceId, id: params.id }, callerGone(reply)),
  );

  implement(app, routes.listEvaluationPairs, ({ params, query, member }) =>
    listEvaluationPairs(db, member.workspaceId, params.id, query),
  );

  implement(app, routes.getEvaluationPrompts, async ({ params, member }) => {
    const project = await getProject(db, member.workspaceId, params.id);
    return { available: await countEvaluationPrompts(db, member.workspaceId, project.id) };
  });
};
