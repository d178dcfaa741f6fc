import {
  broughtQuestionnaires,
  completionsOf,
  type ImportQuery,
  isBroughtName,
  type ProjectView,
  type ReceiptQuery,
  refused,
  routes,
} from "@touchstone/contracts";
import { type AskedOfRows, type ImportSource, keptReceipt, parseMapping, thereWarnings } from "@touchstone/datasets";
import {
  alreadyThere,
  getImport,
  getProject,
  importStaged,
  listImports,
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

  implement(app, routes.getImport, ({ params, member }) => getImport(app.database, member.workspaceId, params.id));

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
    return room.within(member.workspaceId, () =>
      withUpload(body, async (upload) => {
        const asked = query.question === undefined ? null : askedOf(project, query.question);
        const media = await knownMedia(params.id);
        const wish = { source, asked, overlap: project.overlap };
        const recognition = await app.parsing.run("receipt", { file: upload, wish, media }, signal);
        const { receipt, source: read } = recognition;
        // Where nothing can be imported nothing can be there already.
        if (recognition.refusal || receipt.counts.badRows === receipt.counts.rows) return receipt;
        const rowsAsked = askedOf(project, receipt.question);
        const job = { file: upload, source: read, leaveOut: true, asked: rowsAsked, media };
        const file = { workspaceId: member.workspaceId, projectId: params.id, sha256: upload.sha256, asked: rowsAsked };
        const rows = () => app.parsing.stream("identities", job, signal);
        const there = await alreadyThere(app.bulk.pool, file, rows, signal);
        return there ? { ...receipt, there, warnings: [...thereWarnings(there), ...receipt.warnings] } : receipt;
      }),
    );
  });

  implement(app, routes.importRows, async ({ params, query, body, member, reply }) => {
    const signal = callerGone(reply);
    // Before the upload is read, so that nobody sends a gigabyte to a project that is not there.
    const project = await getProject(app.database, member.workspaceId, params.id);
    const given = sourceOf(query);
    const asked = askedOf(project, query.question);
    return room.within(member.workspaceId, () =>
      withUpload(body, async (upload) => {
        const media = await knownMedia(params.id);
        const wish = { source: given, asked, overlap: project.overlap };
        const recognition = await app.parsing.run("receipt", { file: upload, wish, media }, signal);
        assertAgreed(recognition, query);
        const { source } = recognition;
        const leaveOut = query.leaveOut === "true";
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
          receipt: keptReceipt(recognition.receipt, upload.sha256, leaveOut),
        };
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

/** @throws DomainError invalid_value, naming what the project can ask. */
function askedOf({ questionnaires }: ProjectView, name: string): AskedOfRows {
  const found = questionnaires.find((questionnaire) => questionnaire.name === name);
  if (found) return { name, ...completionsOf(found.questions) };
  // The import brings it along.
  if (isBroughtName(name)) return { name, ...completionsOf(broughtQuestionnaires[name]) };
  const known = questionnaires.map((questionnaire) => questionnaire.name).join(", ");
  throw refused("noQuestionnaire", { name, known, at: "query.question" });
}

/** Null where the rows are to say it themselves. */
function sourceOf({ format, mapping }: ImportQuery | ReceiptQuery): ImportSource | null {
  if (format === undefined) return null;
  return format === "columns" ? { format, mapping: parseMapping(mapping) } : { format };
}
