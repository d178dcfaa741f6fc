import { type LabelFitQuery, routes } from "@touchstone/contracts";
import { openLabelFitQueue } from "@touchstone/jobs";
import { currentLabelsVersion, type Database, findModel, getProject, promptsVersion } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

/** What of a project fits a model: asked here, and counted by a worker, since this process loads no models. */
export const labelFitRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;
  const queue = openLabelFitQueue(app.redis);
  app.addHook("onClose", () => queue.close().catch(() => undefined));

  implement(app, routes.getLabelFit, async ({ params, query, member }) => {
    const { workspaceId } = member;
    const { id: projectId } = await getProject(db, workspaceId, params.id);
    const { id: modelId } = await findModel(db, workspaceId, query.modelId);
    const version = await versionOf(db, { workspaceId, projectId }, query);
    return queue.ask({ ...query, workspaceId, projectId, modelId }, version);
  });
};

function versionOf(
  db: Database,
  where: { workspaceId: string; projectId: string },
  { labels, includeSimulated }: LabelFitQuery,
): Promise<string> {
  return labels === "prompts"
    ? promptsVersion(db, where.workspaceId, where.projectId)
    : currentLabelsVersion(db, { ...where, includeSimulated });
}
