import { Readable } from "node:stream";
import { type ExportFormat, refused, routes } from "@touchstone/contracts";
import { jsonLines, judgementRow, ratingRow, sftRow, skipRow, trlPreferenceRow } from "@touchstone/datasets";
import { closeExport, countExports, type ExportRows, openExport, sampleExport } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { callerGone } from "../../plugins/caller-gone.ts";
import { implement } from "../implement.ts";
import { Room } from "../room.ts";
import { counted } from "./counted.ts";
import { firstLines } from "./first-lines.ts";
import { whileRead } from "./while-read.ts";

/** Exports of a workspace that are sent at once: each may hold a connection while it is frozen, and its rows in memory. */
const exportsAtOnce = 4;

export const exportRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const room = new Room(exportsAtOnce, (limit) => refused("tooManyExports", { limit }));

  implement(app, routes.exportRows, async ({ params, query, member, request, reply }) => {
    const leave = room.enter(member.workspaceId);
    reply.raw.once("close", leave).once("finish", leave);
    const { format } = query;
    const scope = { projectId: params.id, includeSimulated: query.includeSimulated === "true" };
    const wanted = { pool: app.bulk.pool, signal: callerGone(reply) };
    const opened = await openExport(app.bulk.db, scope, member, format, wanted);
    reply.header("content-disposition", attachmentNamed(fileName(opened.projectName, query.format)));
    reply.header("label-set-id", opened.labelSet.id);
    reply.header("label-set-sha256", opened.labelSet.sha256);
    const told = { projectId: params.id, format };
    const rows = counted(rowsOf(opened, format), (sent) =>
      closeExport(app.database, member, opened.labelSet.id, { ...told, ...sent }).catch((error: unknown) =>
        request.log.warn(
          { err: error, labelSet: opened.labelSet.id, ...sent },
          "the end of an export was not recorded",
        ),
      ),
    );
    return Readable.from(whileRead(jsonLines(rows), reply, environment.exportIdleMs), { objectMode: false });
  });
  implement(app, routes.countExports, ({ params, query, member }) =>
    countExports(app.bulk.db, {
      workspaceId: member.workspaceId,
      projectId: params.id,
      includeSimulated: query.includeSimulated === "true",
    }),
  );
  implement(app, routes.sampleExport, async ({ params, query, member }) => {
    const scope = {
      workspaceId: member.workspaceId,
      projectId: params.id,
      includeSimulated: query.includeSimulated === "true",
    };
    const rows = rowsOf(await sampleExport(app.bulk.db, scope, query.format), query.format);
    return { lines: await firstLines(rows) };
  });
};

/** A project, a format and a day, without what file systems refuse in a name. */
function fileName(projectName: string, format: ExportFormat): string {
  const plain = projectName.replace(/[\p{Cc}\\/:*?"<>|]/gu, " ").trim();
  return `${plain}.${format}.${new Date().toISOString().slice(0, 10)}.jsonl`;
}

/** Names beyond ASCII go as RFC 8187 has them; the plain one is for clients that do not know it. */
function attachmentNamed(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

async function* rowsOf(opened: ExportRows, format: ExportFormat): AsyncGenerator<object> {
  switch (format) {
    case "trl-preference":
      for await (const { form, context } of opened.comparisons()) {
        const row = trlPreferenceRow(form, context);
        if (row !== null) yield row;
      }
      return;
    case "ratings":
      for await (const { form, context } of opened.ratings()) yield ratingRow(form, context);
      return;
    case "sft-messages":
      for await (const { form, context } of opened.demonstrations()) yield sftRow(form, context);
      return;
    case "judgements":
      for await (const judgement of opened.judgements()) yield judgementRow(judgement, judgement.context);
      for await (const skip of opened.skips()) yield skipRow(skip, skip.context);
      return;
  }
}
