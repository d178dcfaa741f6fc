import { type ProjectView, refused, routes } from "@touchstone/contracts";
import {
  getProject,
  importStaged,
  listImports,
  listMappings,
  mediaOfProject,
  openImport,
  undoImport,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { callerGone } from "../../plugins/caller-gone.ts";
import { implement } from "../implement.ts";
import { Room } from "../room.ts";
import { assertAgreed } from "./agreement.ts";
import { withEmbedded } from "./embedded.ts";
import { askedOf, savedReadings, sourceOf, togetherOf } from "./reading-query.ts";
import { withUpload } from "./upload.ts";

/** Files of a workspace that are read or undone at once: each may hold a connection for minutes, or wait for another. */
const filesAtOnce = 3;

export const importRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const stores = { pool: app.bulk.pool, files: app.files };
  const limits = { bytes: environment.mediaBytes };
  const room = new Room(filesAtOnce, (limit) => refused("tooManyImports", { limit }));

  /** What rows can name. */
  const knownMedia = async (projectId: string) => ({
    projectId,
    refs: await mediaOfProject(app.databasePool, projectId),
  });

  implement(app, routes.listImports, async ({ params, member }) => ({
    items: await listImports(app.database, member.workspaceId, params.id),
  }));

  implement(app, routes.openImport, async ({ params, body, member }) => ({
    opened: await openImport(app.database, member, params.id, body.count),
  }));

  implement(app, routes.undoImport, ({ params, member }) =>
    room.within(member.workspaceId, () => undoImport(stores, member, params.id)),
  );

  implement(app, routes.makeReceipt, async ({ params, query, body, member, reply }) => {
    const signal = callerGone(reply);
    const project = await getProject(app.database, member.workspaceId, params.id);
    const source = sourceOf(query);
    const asked = query.question === undefined ? null : askedOf(project, query.question, query, source);
    const together = togetherOf(query);
    const questionnaires = questionsByName(project);
    return room.within(member.workspaceId, () =>
      withUpload(body, async (upload) => {
        const media = await knownMedia(params.id);
        // Whoever says how the file is read means no saved mapping.
        const saved =
          source === null && query.bySaved !== "false"
            ? await listMappings(app.database, member.workspaceId, params.id)
            : [];
        const wish = {
          ...{ source, asked, together, overlap: project.overlap, questionnaires },
          saved: savedReadings(project, saved),
        };
        return (await app.parsing.run("receipt", { file: upload, wish, media }, signal)).receipt;
      }),
    );
  });

  implement(app, routes.importRows, async ({ params, query, body, member, reply }) => {
    const signal = callerGone(reply);
    // Before the upload is read, so that nobody sends a gigabyte to a project that is not there.
    const project = await getProject(app.database, member.workspaceId, params.id);
    const given = sourceOf(query);
    const asked = askedOf(project, query.question, query, given);
    return room.within(member.workspaceId, () =>
      withUpload(body, async (upload) => {
        const media = await knownMedia(params.id);
        const wish = { source: given, asked, overlap: project.overlap };
        const recognition = await app.parsing.run("receipt", { file: upload, wish, media }, signal);
        assertAgreed(recognition, query);
        const { source } = recognition;
        const draft = {
          workspaceId: member.workspaceId,
          projectId: params.id,
          memberId: member.id,
          via: member.via,
          token: member.token,
          format: source.format,
          fileName: query.fileName ?? null,
          mapping: source.format === "columns" ? source.mapping : null,
          asked,
          open: query.open === "true",
          pilot: query.pilot ?? null,
        };
        const leaveOut = query.leaveOut === "true";
        const rows = () => app.parsing.stream("stage", { file: upload, source, leaveOut, asked, media }, signal);
        if (!recognition.receipt.counts.embedded) return importStaged(app.bulk.pool, draft, rows(), signal);
        const files = app.parsing.stream("embedded", { file: upload, source, leaveOut, media }, signal);
        return withEmbedded({ ...stores, limits, who: member, projectId: params.id }, files, () =>
          importStaged(app.bulk.pool, draft, rows(), signal),
        );
      }),
    );
  });
};

/** What the project asks, by name: the newest version of each. */
function questionsByName({ questionnaires }: ProjectView) {
  return Object.fromEntries(questionnaires.map(({ name, questions }) => [name, questions]));
}
