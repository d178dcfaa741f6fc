import { ExportOptions, parseLabelSetFileName, refused, routes } from "@touchstone/contracts";
import type { AskedExport } from "@touchstone/datasets";
import {
  askLabelSetFile,
  changeLabelSet,
  deleteLabelSetFile,
  findReadyFile,
  findSigner,
  latestLabelSet,
  listLabelSetFiles,
  listLabelSets,
  type MemberActor,
  openLabelSetFile,
  projectOfLabelSet,
} from "@touchstone/persistence";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { Environment } from "../../environment.ts";
import { callerGone } from "../../plugins/caller-gone.ts";
import { askedExport, mediaTypeOf } from "../exports/asked-export.ts";
import { lengthsByModel } from "../exports/lengths-by-model.ts";
import { implement, type Sent, sent } from "../implement.ts";
import { Room } from "../room.ts";
import { notWritten, sendFile } from "./send-file.ts";
import { memberOfPass, passOf } from "./signed-pass.ts";
import { ToldOnce } from "./told-once.ts";

/** Pages and comparisons of a workspace's label sets that are made at once: each looks at all of a set. */
const looksAtOnce = 4;

/** Frozen selections, what differs between them, and their files. */
export const labelSetRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const db = app.database;
  const stored = { db, files: app.files };
  const looks = new Room(looksAtOnce, (limit) => refused("tooManyLooks", { limit }));
  const told = new ToldOnce();
  const byModel = lengthsByModel(app);

  implement(app, routes.listLabelSets, ({ params, query, member }) =>
    listLabelSets(db, member.workspaceId, params.id, query),
  );
  implement(app, routes.getLabelSet, ({ params, member, reply }) => look(member.workspaceId, params.id, reply));
  implement(app, routes.changeLabelSet, async ({ params, body, member, reply }) => {
    await changeLabelSet(db, member, params.id, body);
    return look(member.workspaceId, params.id, reply);
  });
  implement(app, routes.diffLabelSets, ({ params, query, member, reply }) =>
    looks.within(member.workspaceId, () =>
      app.reading.run("labelSetDiff", { workspaceId: member.workspaceId, id: params.id, query }, callerGone(reply)),
    ),
  );

  implement(app, routes.measureLabelSet, ({ params, query, member, reply }) =>
    looks.within(member.workspaceId, async () => {
      const { workspaceId } = member;
      const asked = askedExport({ ...ExportOptions.parse({}), ...query });
      const projectId = await projectOfLabelSet(db, workspaceId, params.id);
      const set = { workspaceId, projectId, labelSetId: params.id };
      const { tokens, model } = query;
      const signal = callerGone(reply);
      if (model === undefined) return app.reading.run("labelSetLengths", { ...set, asked, tokens }, signal);
      const { format, aggregation } = asked;
      const counting = { includeSimulated: true, format, aggregation, tokens, modelId: model };
      return byModel.count({ ...set, ...counting }, reply, signal);
    }),
  );

  implement(app, routes.listLabelSetFiles, async ({ params, member }) => ({
    items: await listLabelSetFiles(db, member.workspaceId, params.id),
  }));
  implement(app, routes.askLabelSetFile, ({ params, body, member }) => {
    fileAsked(body.name);
    return askLabelSetFile(stored, member, params.id, body);
  });
  implement(
    app,
    routes.deleteLabelSetFile,
    ({ params, member }): Promise<undefined> =>
      deleteLabelSetFile(stored, member, params.id, params.name).then(() => undefined),
  );

  implement(app, routes.getLabelSetFile, ({ params, member, request, reply }) =>
    send(member, params.id, params.name, { request, reply }),
  );
  implement(app, routes.signLabelSetFile, async ({ params, body, member }) => {
    const { id: labelSetId, name } = params;
    fileAsked(name);
    // Never shorter than it was asked for.
    const expires = Math.ceil(Date.now() / 1000) + body.seconds;
    await openLabelSetFile(db, member, labelSetId, "labelSet.fileSigned", { file: name, seconds: body.seconds });
    const pass = passOf(environment.secret, { labelSetId, name, memberId: member.id, expires });
    return {
      path: `/api/signed-files/${labelSetId}/${pass}/${encodeURIComponent(name)}`,
      expiresAt: new Date(expires * 1000).toISOString(),
    };
  });
  implement(app, routes.getSignedLabelSetFile, async ({ params, request, reply }): Promise<Sent> => {
    const { id: labelSetId, name, pass } = params;
    const memberId = memberOfPass(environment.secret, pass, { labelSetId, name });
    const by = memberId === null ? null : await findSigner(db, memberId, routes.getLabelSetFile.access);
    if (by === null) throw refused("signedAddressEnded");
    return send(by, labelSetId, name, { request, reply });
  });
  implement(app, routes.getLatestLabelSetFile, async ({ params, member, reply }): Promise<Sent> => {
    fileAsked(params.name);
    const labelSetId = await latestLabelSet(db, member.workspaceId, params.id);
    const to = `/api/label-sets/${labelSetId}/files/${encodeURIComponent(params.name)}`;
    reply.header("cache-control", "no-store").redirect(to, 307);
    return sent;
  });

  function look(workspaceId: string, id: string, reply: FastifyReply) {
    return looks.within(workspaceId, () => app.reading.run("labelSet", { workspaceId, id }, callerGone(reply)));
  }

  /** A file, or until it is there how far it is; whoever asks first has it written. */
  async function send(
    by: MemberActor,
    labelSetId: string,
    name: string,
    answer: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<Sent> {
    const asked = fileAsked(name);
    const ready = await findReadyFile(db, by.workspaceId, labelSetId, name);
    if (ready) {
      const leave = app.exportsUnderWay.enter(ready.projectId);
      answer.reply.raw.once("close", leave).once("finish", leave);
      const download = [by.id, by.via, by.token?.name, ready.path].join("\n");
      const detail = { file: name, format: asked.format };
      const tell = () => told.tell(download, () => openLabelSetFile(db, by, labelSetId, "export.opened", detail));
      const file = { name, mediaType: mediaTypeOf(asked), ready, idleMs: environment.exportIdleMs, tell };
      const answered = await sendFile(app.files, file, answer);
      if (answered) return answered;
    }
    const waiting = await askLabelSetFile(stored, by, labelSetId, { name, again: ready !== null });
    throw notWritten(answer.reply, waiting);
  }
};

/** What the name of a file asks for. @throws DomainError invalid_value for what is no such name, or does not fit together. */
function fileAsked(name: string): AskedExport {
  const asked = parseLabelSetFileName(name);
  if (asked === null) throw refused("labelSetFileUnknown", { name, at: "name" });
  return askedExport(asked);
}
