import { type ImportQuery, type ReceiptQuery, routes } from "@touchstone/contracts";
import { type ImportSource, makeReceipt, parseMapping, readImport } from "@touchstone/datasets";
import { getProject, importRows, listImports, openImport, undoImport } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";
import { assertAgreed } from "./agreement.ts";
import { spoolUpload } from "./upload.ts";

export const importRoutes: FastifyPluginAsync = async (app) => {
  implement(app, routes.listImports, async ({ params, member }) => ({
    items: await listImports(app.database, member.workspaceId, params.id),
  }));

  implement(app, routes.openImport, async ({ params, body, member }) => ({
    opened: await openImport(app.database, member, params.id, body.count),
  }));

  implement(app, routes.undoImport, ({ params, member }) => undoImport(app.databasePool, member, params.id));

  implement(app, routes.makeReceipt, async ({ params, query, body, member }) => {
    const project = await getProject(app.database, member.workspaceId, params.id);
    const source = sourceOf(query);
    const upload = await spoolUpload(body);
    try {
      const wish = { source, question: query.question ?? null, overlap: project.overlap };
      return (await makeReceipt(upload, wish)).receipt;
    } finally {
      await upload.close();
    }
  });

  implement(app, routes.importRows, async ({ params, query, body, member }) => {
    // Before the upload is read, so that nobody sends a gigabyte to a project that is not there.
    const project = await getProject(app.database, member.workspaceId, params.id);
    const asked = sourceOf(query);
    const upload = await spoolUpload(body);
    try {
      const recognition = await makeReceipt(upload, {
        source: asked,
        question: query.question,
        overlap: project.overlap,
      });
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
        question: query.question,
        open: query.open === "true",
        pilot: query.pilot ?? null,
      };
      const leaveOut = query.leaveOut === "true";
      return await importRows(app.databasePool, draft, readImport(upload.read(), source, { leaveOut }));
    } finally {
      await upload.close();
    }
  });
};

/** Null where the rows are to say it themselves. */
function sourceOf({ format, mapping }: ImportQuery | ReceiptQuery): ImportSource | null {
  if (format === undefined) return null;
  return format === "columns" ? { format, mapping: parseMapping(mapping) } : { format };
}
