import { z } from "zod";
import { ModelVersionView } from "../entities/learning.ts";
import {
  ModelChange,
  ModelDependants,
  ModelReviewQuery,
  ModelReviewView,
  PromotionDraft,
} from "../entities/registry.ts";
import { Id } from "../entities/scalars.ts";
import { admins, builders, IdParam, staff } from "./params.ts";
import { route } from "./route.ts";

/** Which model a project uses, and what becomes of the others. */
export const registryRoutes = {
  getModelReview: route({
    method: "GET",
    path: "/api/models/:id/review",
    summary: "Whether a model is better than the one in use, what was in use before, and its files",
    access: staff,
    params: IdParam,
    query: ModelReviewQuery,
    status: 200,
    response: ModelReviewView,
    problems: ["not_found"],
  }),
  promoteModel: route({
    method: "POST",
    path: "/api/models/:id/promotion",
    summary: "Put a model in use in a project, with a reason; what was in use before is one to go back to",
    access: builders,
    params: IdParam,
    body: PromotionDraft,
    project: { handle: "project", in: "body", field: "projectId" },
    audit: ["model.promoted", "model.rolledBack"],
    status: 200,
    response: ModelReviewView,
    problems: ["not_found", "conflict"],
  }),
  changeModel: route({
    method: "PATCH",
    path: "/api/models/:id",
    summary: "Name a model, put it away, or bring it back",
    access: builders,
    params: IdParam,
    body: ModelChange,
    audit: ["model.changed"],
    status: 200,
    response: ModelVersionView,
    problems: ["not_found", "conflict"],
  }),
  listModelDependants: route({
    method: "GET",
    path: "/api/models/:id/dependants",
    summary: "What keeps a model from being deleted",
    access: staff,
    params: IdParam,
    status: 200,
    response: ModelDependants,
    problems: ["not_found"],
  }),
  deleteModel: route({
    method: "DELETE",
    path: "/api/models/:id",
    summary: "Delete a model on which nothing depends, with its files",
    access: admins,
    params: IdParam,
    audit: ["model.deleted"],
    status: 204,
    problems: ["not_found", "conflict"],
  }),
  getModelCard: route({
    method: "GET",
    path: "/api/models/:id/model-card",
    summary:
      "A model card in Markdown: data, labels, recipe, seed, lineage, figures with intervals; what isn't known says so",
    access: staff,
    params: IdParam,
    status: 200,
    produces: "text/markdown",
    problems: ["not_found"],
  }),
  getModelFile: route({
    method: "GET",
    path: "/api/models/:id/files/:name",
    summary: "A file of a model: weights as safetensors, config, tokenizer; whole or the one range that is asked for",
    access: builders,
    params: z.strictObject({ id: Id, name: z.string().min(1).max(200) }),
    audit: { none: "weights and settings, and nothing that people wrote" },
    status: 200,
    produces: "application/octet-stream",
    problems: ["not_found"],
  }),
};
