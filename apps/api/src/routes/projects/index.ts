import { routes } from "@touchstone/contracts";
import {
  changeBatch,
  changeProject,
  getProject,
  listBatches,
  listGuidelines,
  listProjects,
  listQuestionnaires,
  previewOverlap,
  writeQuestionnaire,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

export const projectRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;
  implement(app, routes.listProjects, async ({ member }) => ({ items: await listProjects(db, member.workspaceId) }));
  implement(app, routes.getProject, ({ params, member }) => getProject(db, member.workspaceId, params.id));
  implement(app, routes.previewOverlap, ({ params, query, member }) =>
    previewOverlap(db, member.workspaceId, params.id, query.overlap),
  );
  implement(app, routes.listGuidelines, async ({ params, member }) => ({
    items: await listGuidelines(db, member.workspaceId, params.id),
  }));
  implement(app, routes.listQuestionnaires, async ({ params, member }) => ({
    items: await listQuestionnaires(db, member.workspaceId, params.id),
  }));
  implement(app, routes.writeQuestionnaire, ({ params, body, member }) =>
    writeQuestionnaire(db, member, params.id, body),
  );
  implement(app, routes.listBatches, async ({ params, member }) => ({
    items: await listBatches(db, member.workspaceId, params.id),
  }));
  implement(app, routes.changeBatch, async ({ params, body, member }) => ({
    items: await changeBatch(db, member, params.id, body),
  }));
  implement(app, routes.changeProject, ({ params, body, member }) => changeProject(db, member, params.id, body));
};
