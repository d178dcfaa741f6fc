import { completionsOf, refused, routes, type TemplateChoice } from "@touchstone/contracts";
import { listTemplates, templateQuestionnaire, templateRows, templateTranslations } from "@touchstone/datasets";
import {
  copyProject,
  createProject,
  createProjectOfFile,
  importRows,
  listTranslations,
  readProjectFile,
  removeTranslation,
  writeTranslation,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Principal } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";
import { Room } from "../room.ts";

/** Each may hold a connection for half a minute. */
const copiesAtOnce = 2;

/** How projects come to be: of a form, of a template, of a file, of another project. */
export const buildingRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;
  const room = new Room(copiesAtOnce, (limit) => refused("tooManyCopies", { limit }));

  implement(app, routes.listTemplates, ({ query }) => ({ items: listTemplates(query.language) }));

  implement(app, routes.createProject, async ({ body, member }) => {
    const { template } = body;
    if (!template) return createProject(db, member, body);
    const { name, language } = template;
    const questionnaire = templateQuestionnaire(name, language);
    const translations = templateTranslations(name, language);
    const draft = { ...body, language: body.language ?? language };
    const project = await createProject(db, member, draft, { questionnaires: [questionnaire], translations });
    if (template.examples) await importExamples(member, project.id, template);
    return project;
  });

  implement(app, routes.getProjectFile, ({ params, member }) => readProjectFile(db, member.workspaceId, params.id));
  implement(app, routes.createProjectOfFile, ({ body, member }) => createProjectOfFile(db, member, body));
  implement(app, routes.copyProject, ({ params, body, member }) =>
    room.within(member.workspaceId, () => copyProject({ db, pool: app.bulk.pool }, member, params.id, body)),
  );

  implement(app, routes.listTranslations, ({ params, member }) => listTranslations(db, member.workspaceId, params.id));
  implement(app, routes.writeTranslation, async ({ params, body, member }) => {
    const written = await writeTranslation(db, member, params.id, body);
    app.readerTexts.forget(params.id);
    return written;
  });
  implement(app, routes.removeTranslation, async ({ params, member }) => {
    await removeTranslation(db, member, params.id, params.language);
    app.readerTexts.forget(params.id);
    return undefined;
  });

  /** As any import, so that its tasks can be told from others, and undone as one. */
  async function importExamples(
    { workspaceId, id, via, token }: Principal,
    projectId: string,
    { name, language }: TemplateChoice,
  ): Promise<void> {
    const { questions, name: asks } = templateQuestionnaire(name, language);
    const draft = { workspaceId, projectId, memberId: id, via, token, format: "prompts", fileName: null } as const;
    const asked = { name: asks, ...completionsOf(questions) };
    const rows = templateRows(name, language);
    await importRows(app.bulk.pool, { ...draft, mapping: { template: name }, asked, open: true }, toStream(rows));
  }
};

async function* toStream<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}
