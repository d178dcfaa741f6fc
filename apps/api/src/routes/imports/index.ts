import type { Readable } from "node:stream";
import { DomainError, type ImportQuery, routes } from "@touchstone/contracts";
import { type ImportSource, parseMapping, readImport } from "@touchstone/datasets";
import { importRows, listImports, openImport, undoImport } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

export const importRoutes: FastifyPluginAsync = async (app) => {
  implement(app, routes.listImports, async ({ params, member }) => ({
    items: await listImports(app.database, member.workspaceId, params.id),
  }));

  implement(app, routes.openImport, async ({ params, body, member }) => ({
    opened: await openImport(app.database, member, params.id, body.count),
  }));

  implement(app, routes.undoImport, ({ params, member }) => undoImport(app.databasePool, member, params.id));

  implement(app, routes.importRows, async ({ params, query, body, member }) => {
    const source = sourceOf(query);
    const draft = {
      workspaceId: member.workspaceId,
      projectId: params.id,
      memberId: member.id,
      format: query.format,
      fileName: query.fileName ?? null,
      mapping: source.format === "columns" ? source.mapping : null,
      question: query.question,
      open: query.open === "true",
    };
    try {
      return await importRows(app.databasePool, draft, readImport(bytesOf(body), source));
    } catch (error) {
      if (body.readableAborted) throw new DomainError("invalid_request", "The upload broke off; nothing was imported.");
      throw error;
    } finally {
      // What is left of a refused file is read and dropped: a client hears the answer once it has sent everything.
      body.resume();
    }
  });
};

function sourceOf(query: ImportQuery): ImportSource {
  const { format } = query;
  return format === "columns" ? { format, mapping: parseMapping(query.mapping) } : { format };
}

/** Leaves the request open when reading stops early; destroying it would cut the connection before the answer. */
function bytesOf(body: Readable): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => body.iterator({ destroyOnReturn: false }) };
}
