import { z } from "zod";
import { DeletionView, Dependants, ProjectDeletionDraft, PromptsDeletionDraft } from "../entities/deletions.ts";
import { admins, IdParam, staff } from "./params.ts";
import { route } from "./route.ts";

/** Deleting for good: first all that depends is named, then it is confirmed, and then it goes in steps. */
export const deletingRoutes = {
  listDeletions: route({
    method: "GET",
    path: "/api/deletions",
    summary: "What is being deleted for good, and how far that is; of the last day also what is done",
    access: staff,
    status: 200,
    response: z.object({ items: z.array(DeletionView) }),
  }),
  listDependants: route({
    method: "GET",
    path: "/api/projects/:id/dependants",
    summary: "All that depends on a project, by name and number, before it is deleted",
    access: admins,
    params: IdParam,
    status: 200,
    response: Dependants,
    problems: ["not_found"],
  }),
  deleteProject: route({
    method: "POST",
    path: "/api/projects/:id/deletion",
    summary: "Delete a project for good, with all that its list of dependants names; its models stay",
    access: admins,
    whenArchived: "allowed",
    params: IdParam,
    body: ProjectDeletionDraft,
    audit: ["project.deleted"],
    status: 202,
    response: DeletionView,
    problems: ["not_found", "conflict"],
  }),
  deletePrompts: route({
    method: "POST",
    path: "/api/projects/:id/prompts/deletion",
    summary:
      "Delete the prompts of selected items for good, with all that was made of them, or say what depends on them",
    access: admins,
    params: IdParam,
    body: PromptsDeletionDraft,
    audit: ["prompts.deleted"],
    status: 200,
    response: z.object({ dependants: Dependants, deletion: DeletionView.nullable() }),
    problems: ["not_found", "conflict"],
  }),
};
