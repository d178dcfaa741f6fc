import { Readable } from "node:stream";
import { type ExportFormat, routes } from "@touchstone/contracts";
import { jsonLines, judgementRow, ratingRow, sftRow, trlPreferenceRow } from "@touchstone/datasets";
import { type Export, openExport } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

export const exportRoutes: FastifyPluginAsync = async (app) => {
  implement(app, routes.exportRows, async ({ params, query, member, reply }) => {
    const opened = await openExport(app.database, {
      workspaceId: member.workspaceId,
      projectId: params.id,
      includeSimulated: query.includeSimulated === "true",
    });
    reply.header("content-disposition", `attachment; filename="${query.format}-${opened.labelSet.id}.jsonl"`);
    reply.header("label-set-id", opened.labelSet.id);
    reply.header("label-set-sha256", opened.labelSet.sha256);
    return Readable.from(jsonLines(rowsOf(opened, query.format)), { objectMode: false });
  });
};

async function* rowsOf(opened: Export, format: ExportFormat): AsyncGenerator<object> {
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
      return;
  }
}
