import { type ImportQuery, type ReceiptQuery, refused, routes } from "@touchstone/contracts";
import { type ImportSource, parseMapping } from "@touchstone/datasets";
import { getProject, importStaged, listImports, openImport, undoImport } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { callerGone } from "../../plugins/caller-gone.ts";
import { implement } from "../implement.ts";
import { Room } from "../room.ts";
import { assertAgreed } from "./agreement.ts";
import { withUpload } from "./upload.ts";

/** Files of a workspace that are read or undone at once: each may hold a connection for minutes, or wait for another. */
const filesAtOnce = 3;

export const importRoutes: FastifyPluginAsync = async (app) => {
  const room = new Room(filesAtOnce, (limit) => refused("tooManyImports", { limit }));

  implement(app, routes.listImports, async ({ params, member }) => ({
    items: await listImports(app.database, member.workspaceId, params.id),
  }));

  implement(app, routes.openImport, async ({ params, body, member }) => ({
    opened: await openImport(app.database, member, params.id, body.count),
  }));

  implement(app, routes.undoImport, ({ params, member }) =>
    room.within(member.workspaceId, () => undoImport(app.bulk.pool, member, params.id)),
  );

  implement(app, routes.makeReceipt, async ({ params, query, body, member, reply }) => {
    const signal = callerGone(reply);
    const project = await getProject(app.database, member.workspaceId, params.id);
    const source = sourceOf(query);
    return room.within(member.workspaceId, () =>
      withUpload(body, async (upload) => {
        const wish = { source, question: query.question ?? null, overlap: project.overlap };
        return (await app.parsing.run("receipt", { file: upload, wish }, signal)).receipt;
      }),
    );
  });

  implement(app, routes.importRows, async ({ params, query, body, member, reply }) => {
    const signal = callerGone(reply);
    // Before the upload is read, so that nobody sends a gigabyte to a project that is not there.
    const { overlap } = await getProject(app.database, member.workspaceId, params.id);
    const asked = sourceOf(query);
    return room.within(member.workspaceId, () =>
      withUpload(body, async (upload) => {
        const { question } = query;
        const wish = { source: asked, question, overlap };
        const recognition = await app.parsing.run("receipt", { file: upload, wish }, signal);
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
          question,
          open: query.open === "true",
          pilot: query.pilot ?? null,
        };
        const leaveOut = query.leaveOut === "true";
        const rows = app.parsing.stream("stage", { file: upload, source, leaveOut, question }, signal);
        return importStaged(app.bulk.pool, draft, rows, signal);
      }),
    );
  });
};

/** Null where the rows are to say it themselves. */
function sourceOf({ format, mapping }: ImportQuery | ReceiptQuery): ImportSource | null {
  if (format === undefined) return null;
  return format === "columns" ? { format, mapping: parseMapping(mapping) } : { format };
}
