import { z } from "zod";
import { NoticeList } from "../entities/notices.ts";
import { ProjectCopyDraft, ProjectFile, ProjectFileView } from "../entities/project-file.ts";
import { ProjectView } from "../entities/projects.ts";
import { Id, Timestamp } from "../entities/scalars.ts";
import { TemplateQuery, TemplateView } from "../entities/templates.ts";
import { LanguageTag, TranslationDraft, TranslationList } from "../entities/translations.ts";
import { admins, IdParam, staff } from "./params.ts";
import { route } from "./route.ts";

/** From what a project is made, and in which languages it speaks. */
export const buildingRoutes = {
  listTemplates: route({
    method: "GET",
    path: "/api/templates",
    summary: "Uses that a project can begin with: what each asks, under which guideline, with how many examples",
    access: admins,
    query: TemplateQuery,
    status: 200,
    response: z.object({ items: z.array(TemplateView) }),
  }),
  getProjectFile: route({
    method: "GET",
    path: "/api/projects/:id/file",
    summary: "A project as a file: what it asks and how, in every language; no data and no people",
    access: staff,
    params: IdParam,
    status: 200,
    response: ProjectFileView,
    problems: ["not_found"],
  }),
  createProjectOfFile: route({
    method: "POST",
    path: "/api/project-files",
    summary: "Make a project of a file that getProjectFile wrote, here or elsewhere",
    access: admins,
    body: ProjectFile,
    audit: ["project.created"],
    status: 201,
    response: ProjectView,
  }),
  copyProject: route({
    method: "POST",
    path: "/api/projects/:id/copies",
    summary: "Duplicate a project: its settings, or its prompts, answers and tasks too; never its judgements",
    access: admins,
    // Nothing is written into the one that is copied.
    whenArchived: "allowed",
    params: IdParam,
    body: ProjectCopyDraft,
    audit: ["project.created"],
    status: 201,
    response: ProjectView,
    problems: ["not_found", "conflict"],
  }),
  listTranslations: route({
    method: "GET",
    path: "/api/projects/:id/translations",
    summary: "A project's texts in the languages that it has beside its own",
    access: staff,
    params: IdParam,
    status: 200,
    response: TranslationList,
    problems: ["not_found"],
  }),
  writeTranslation: route({
    method: "POST",
    path: "/api/projects/:id/translations",
    summary: "A project's texts in one more language, or anew; no version of what is asked is made",
    access: admins,
    params: IdParam,
    body: TranslationDraft,
    audit: ["translation.changed"],
    status: 200,
    response: TranslationList,
    problems: ["not_found", "conflict"],
  }),
  removeTranslation: route({
    method: "DELETE",
    path: "/api/projects/:id/translations/:language",
    summary: "Remove a project's texts in one language; its own are shown instead",
    access: admins,
    params: z.strictObject({ id: Id, language: LanguageTag }),
    audit: ["translation.removed"],
    status: 204,
    problems: ["not_found"],
  }),
  listNotices: route({
    method: "GET",
    path: "/api/notices",
    summary: "What the admins of the workspace are told: which imports and batches have all their judgements",
    access: admins,
    status: 200,
    response: NoticeList,
  }),
  readNotices: route({
    method: "POST",
    path: "/api/notices/read",
    summary: "Mark notices as read, up to the newest that was seen",
    access: admins,
    body: z.strictObject({ upTo: Timestamp }),
    audit: { none: "it changes nothing but what its reader has seen" },
    status: 204,
  }),
};
