import { completionsOf, type MediaRef, refused, routes, type TemplateChoice } from "@touchstone/contracts";
import {
  listTemplates,
  lookAtMedia,
  templateFiles,
  templateQuestionnaire,
  templateRows,
  templateTranslations,
} from "@touchstone/datasets";
import {
  copyProject,
  createProject,
  createProjectOfFile,
  importRows,
  listTranslations,
  readProjectFile,
  removeTranslation,
  storeMedia,
  writeTranslation,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import type { Principal } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";
import { Room } from "../room.ts";

/** Each may hold a connection for half a minute. */
const copiesAtOnce = 2;

/** How projects come to be: of a form, of a template, of a file, of another project. */
export const buildingRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const db = app.database;
  const stores = { pool: app.bulk.pool, files: app.files };
  const limits = { bytes: environment.mediaBytes };
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
    room.within(member.workspaceId, () => copyProject({ db, ...stores }, member, params.id, body, limits)),
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
  async function importExamples(who: Principal, projectId: string, { name, language }: TemplateChoice): Promise<void> {
    const { workspaceId, id, via, token } = who;
    const { questions, name: asks } = templateQuestionnaire(name, language);
    const draft = { workspaceId, projectId, memberId: id, via, token, format: "prompts", fileName: null } as const;
    const asked = { name: asks, ...completionsOf(questions) };
    const rows = templateRows(name, language, await keepFiles(who, projectId, templateFiles(name, language)));
    await importRows(app.bulk.pool, { ...draft, mapping: { template: name }, asked, open: true }, toStream(rows));
  }

  /** Pictures and sounds of examples as the project's own, like any that are uploaded. */
  async function keepFiles(who: Principal, projectId: string, files: ReturnType<typeof templateFiles>) {
    const refs = new Map<string, MediaRef>();
    for (const { name, bytes } of files) {
      const content = bytes();
      const look = lookAtMedia(content, name);
      if ("reason" in look) throw refused(look.reason, { ...look.values });
      refs.set(name, await storeMedia(stores, who, projectId, { name, bytes: content, look }, limits));
    }
    return refs;
  }
};

async function* toStream<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}
