import { Readable } from "node:stream";
import {
  ExportOptions,
  type LeftOutCounts,
  type RowLengths,
  refused,
  routes,
  type ShapeLoss,
} from "@touchstone/contracts";
import { type AskedExport, endingOf, isMadeByShape } from "@touchstone/datasets";
import { closeExport, getProject, openLabelSetExport, sumOfLeftOut } from "@touchstone/persistence";
import type { FastifyPluginAsync, FastifyReply } from "fastify";
import type { Environment } from "../../environment.ts";
import { Turns } from "../../figures/turns.ts";
import { callerGone } from "../../plugins/caller-gone.ts";
import { implement } from "../implement.ts";
import { Room } from "../room.ts";
import { askedExport, mediaTypeOf } from "./asked-export.ts";
import { lengthsByModel } from "./lengths-by-model.ts";
import { passedOn } from "./passed-on.ts";
import { whileRead } from "./while-read.ts";

/** Exports of a workspace that are sent at once, and of all: each has the rows of a batch in memory. */
const exportsAtOnce = { ofWorkspace: 4, inAll: 32 };
/** Counts and samples of a workspace that are made at once: a page asks for one of each, and each looks at all judgements. */
const looksAtOnce = 4;
/** Of so many judgements a second tells what a shape can't hold; of more it would keep the first row waiting. */
const countedBeforehand = 20_000;

export const exportRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const everybody = new Room(exportsAtOnce.inAll, (limit) => refused("exportsAllTaken", { limit }));
  const room = new Room(exportsAtOnce.ofWorkspace, (limit) => refused("tooManyExports", { limit }));
  const looks = new Room(looksAtOnce, (limit) => refused("tooManyLooks", { limit }));
  const turns = new Turns();
  const byModel = lengthsByModel(app);

  implement(app, routes.exportRows, async ({ params, query, member, request, reply }) => {
    const { format } = query;
    const asked = askedExport(query);
    reply.type(mediaTypeOf(asked));
    // Whoever only asks what they would get takes nothing out: no set is frozen, and the audit has no export.
    if (request.method === "HEAD") {
      const { name } = await getProject(app.database, member.workspaceId, params.id);
      reply.header("content-disposition", attachmentNamed(fileName(name, asked)));
      return Readable.from([]);
    }
    if (query.includeRepeats === "true" && format !== "judgements")
      throw refused("repeatsInRaw", { at: "includeRepeats" });
    if (query.includeLeftOut === "true" && format !== "judgements")
      throw refused("leftOutInRaw", { at: "includeLeftOut" });
    const untilSent = (leave: () => void) => reply.raw.once("close", leave).once("finish", leave);
    // Each by itself: whoever is let into the one and not into the other leaves the one.
    untilSent(room.enter(member.workspaceId));
    untilSent(together(everybody.enter("all"), app.exportsUnderWay.enter(params.id)));
    const further = {
      includeRepeats: query.includeRepeats === "true",
      includeLeftOut: query.includeLeftOut === "true",
    };
    const scope = { ...scopeOf(member, params, query), ...further };
    const by = { workspaceId: member.workspaceId, id: member.id, via: member.via, token: member.token };
    const signal = callerGone(reply);
    // One after another for each workspace: a connection is held until a set is frozen, and others need one as well.
    const { projectName, labelSet } = await turns.take(member.workspaceId, () =>
      app.reading.run("openExport", { scope, by, format }, signal),
    );
    reply.header("content-disposition", attachmentNamed(fileName(projectName, asked)));
    reply.header("label-set-id", labelSet.id);
    reply.header("label-set-sha256", labelSet.sha256);
    reply.header("left-out", leftOutInWords(labelSet.leftOut));
    const set = { workspaceId: member.workspaceId, projectId: params.id, labelSetId: labelSet.id, asked };
    await sayWhatIsNotHeld({ ...set, model: query.model }, labelSet.judgements, reply, signal);
    const chunks = app.reading.stream("exportRows", { scope, labelSetId: labelSet.id, asked }, signal);
    const told = { projectId: params.id, format };
    const bytes = passedOn(chunks, (sent) =>
      closeExport(app.database, member, labelSet.id, { ...told, ...sent }).catch((error: unknown) =>
        request.log.warn({ err: error, labelSet: labelSet.id, ...sent }, "the end of an export was not recorded"),
      ),
    );
    return Readable.from(whileRead(bytes, reply, environment.exportIdleMs), { objectMode: false });
  });

  implement(app, routes.exportSet, async ({ params, query, member, request, reply }) => {
    const { format } = query;
    const asked = askedExport(query);
    const untilSent = (leave: () => void) => reply.raw.once("close", leave).once("finish", leave);
    untilSent(room.enter(member.workspaceId));
    // The project is known later.
    let leaveProject = () => {};
    untilSent(together(everybody.enter("all"), () => leaveProject()));
    const opened = await openLabelSetExport(app.database, member, params.id, format);
    leaveProject = app.exportsUnderWay.enter(opened.projectId);
    reply.type(mediaTypeOf(asked));
    reply.header("content-disposition", attachmentNamed(fileName(opened.projectName, asked)));
    reply.header("label-set-id", params.id);
    reply.header("label-set-sha256", opened.sha256);
    reply.header("left-out-since", opened.leftOutSince);
    reply.header("deleted-since", opened.deletedSince);
    reply.header("erased-since", opened.erasedSince);
    const job = { workspaceId: member.workspaceId, projectId: opened.projectId, labelSetId: params.id, asked };
    const signal = callerGone(reply);
    await sayWhatIsNotHeld({ ...job, model: query.model }, opened.judgements, reply, signal);
    const chunks = app.reading.stream("labelSetRows", job, signal);
    const told = { projectId: opened.projectId, format };
    const bytes = passedOn(chunks, (sent) =>
      closeExport(app.database, member, params.id, { ...told, ...sent }).catch((error: unknown) =>
        request.log.warn({ err: error, labelSet: params.id, ...sent }, "the end of an export was not recorded"),
      ),
    );
    return Readable.from(whileRead(bytes, reply, environment.exportIdleMs), { objectMode: false });
  });

  implement(app, routes.countExports, ({ params, query, member, reply }) =>
    looks.within(member.workspaceId, () =>
      app.reading.run("exportCounts", scopeOf(member, params, query), callerGone(reply)),
    ),
  );

  implement(app, routes.fitExport, ({ params, query, member, reply }) =>
    looks.within(member.workspaceId, () => {
      const asked = askedExport({ ...ExportOptions.parse({}), ...query });
      const scope = scopeOf(member, params, query);
      return app.reading.run("exportFit", { scope, asked }, callerGone(reply));
    }),
  );

  implement(app, routes.measureExport, ({ params, query, member, reply }) =>
    looks.within(member.workspaceId, () => {
      const asked = askedExport({ ...ExportOptions.parse({}), ...query });
      const scope = scopeOf(member, params, query);
      const signal = callerGone(reply);
      if (query.model === undefined)
        return app.reading.run("exportLengths", { scope, asked, tokens: query.tokens }, signal);
      const { format, aggregation } = asked;
      const counting = { labelSetId: null, format, aggregation, tokens: query.tokens, modelId: query.model };
      return byModel.count({ ...scope, ...counting }, reply, signal);
    }),
  );

  implement(app, routes.sampleExport, ({ params, query, member, reply }) =>
    looks.within(member.workspaceId, async () => {
      const asked = askedExport(query);
      const scope = scopeOf(member, params, query);
      return { lines: await app.reading.run("exportSample", { scope, asked }, callerGone(reply)) };
    }),
  );

  /** In headers, before the first row: what the shape can't hold, and how many rows are longer than was asked about. Of many judgements that takes long, and is asked for apart. */
  async function sayWhatIsNotHeld(
    { model, ...set }: LabelSetJob & { readonly model: string | undefined },
    judgements: number,
    reply: FastifyReply,
    signal: AbortSignal,
  ): Promise<void> {
    const { tokens } = set.asked;
    const many = judgements > countedBeforehand;
    if (isMadeByShape(set.asked)) {
      const fit = many ? null : await app.reading.run("labelSetFit", set, signal);
      reply.header("left-out-of-format", fit ? lossesInWords(fit.leftOut) : "uncounted");
    }
    if (tokens === undefined) return;
    const estimate = () => app.reading.run("labelSetLengths", { ...set, tokens }, signal);
    const count = () => (model === undefined ? estimate() : countOfSet(set, { tokens, modelId: model }, signal));
    const lengths = many ? null : await count();
    reply.header("longer-than-tokens", lengths ? longerInWords(lengths) : "uncounted");
    reply.header("tokens-counted-by", model === undefined ? "estimate" : `model=${model}`);
  }

  function countOfSet(
    { asked, ...set }: LabelSetJob,
    by: { readonly tokens: number; readonly modelId: string },
    signal: AbortSignal,
  ): Promise<RowLengths | null> {
    const { format, aggregation } = asked;
    return byModel.orNull({ ...set, includeSimulated: true, format, aggregation, ...by }, signal);
  }
};

/** One listener for both: Node warns of more than ten on one answer. */
function together(...leave: readonly (() => void)[]): () => void {
  return () => {
    for (const one of leave) one();
  };
}

interface LabelSetJob {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly labelSetId: string;
  readonly asked: AskedExport;
}

function scopeOf(
  { workspaceId }: { workspaceId: string },
  { id: projectId }: { id: string },
  query: { includeSimulated: "true" | "false" },
) {
  return { workspaceId, projectId, includeSimulated: query.includeSimulated === "true" };
}

/** How many judgements stand and are not among the rows, and of those how many by which kind of reason: `3; careless=2; trial=1`. */
function leftOutInWords(counts: LeftOutCounts): string {
  return [sumOfLeftOut(counts), ...counts.map(({ reason, judgements }) => `${reason}=${judgements}`)].join("; ");
}

/** The same of what a shape can't hold: `3; tie=2; media=1`. */
function lossesInWords(losses: readonly ShapeLoss[]): string {
  const sum = losses.reduce((all, { count }) => all + count, 0);
  return [sum, ...losses.map(({ reason, count }) => `${reason}=${count}`)].join("; ");
}

/** How many rows are longer than was asked about, and of these how many in which split: `3; train=2; test=1`. */
function longerInWords({ longer, splits }: RowLengths): string {
  return [longer, ...splits.map((one) => `${one.split}=${one.longer}`)].join("; ");
}

/** A project, a format and a day, without what file systems refuse in a name. */
function fileName(projectName: string, asked: AskedExport): string {
  const plain = projectName.replace(/[\p{Cc}\\/:*?"<>|]/gu, " ").trim();
  if (asked.part === "dataset-info") return "dataset_info.json";
  return `${plain}.${asked.format}.${new Date().toISOString().slice(0, 10)}.${endingOf(asked)}`;
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
