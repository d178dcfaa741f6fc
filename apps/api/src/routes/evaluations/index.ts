import { routes } from "@touchstone/contracts";
import {
  countEvaluationPrompts,
  createEvaluation,
  getEvaluation,
  getProject,
  listEvaluationPairs,
  listEvaluations,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

/** Blind comparisons of two policies by people. */
export const evaluationRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listEvaluations, async ({ params, member }) => ({
    items: await listEvaluations(db, member.workspaceId, params.id),
  }));

  implement(app, routes.createEvaluation, ({ params, body, member }) => createEvaluation(db, member, params.id, body));

  implement(app, routes.getEvaluation, ({ params, member }) => getEvaluation(db, member.workspaceId, params.id));

  implement(app, routes.listEvaluationPairs, ({ params, query, member }) =>
    listEvaluationPairs(db, member.workspaceId, params.id, query),
  );

  implement(app, routes.getEvaluationPrompts, async ({ params, member }) => {
    const project = await getProject(db, member.workspaceId, params.id);
    return { available: await countEvaluationPrompts(db, member.workspaceId, project.id) };
  });
};
