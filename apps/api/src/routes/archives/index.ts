import { Readable } from "node:stream";
import { refused, routes } from "@touchstone/contracts";
import {
  askArchive,
  beginSpooled,
  bringUploaded,
  cancelBrought,
  deleteArchive,
  findArchive,
  findReadyArchive,
  getBrought,
  listBrought,
  listSpooledArchives,
  type MemberActor,
  type ReadyArchive,
  spoolUsed,
  takeOutArchive,
} from "@touchstone/persistence";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { Environment } from "../../environment.ts";
import { whileRead } from "../exports/while-read.ts";
import { implement, type Sent, sent } from "../implement.ts";
import { ToldOnce } from "../label-sets/told-once.ts";
import { matchesEtag } from "../matches-etag.ts";
import { rangeAsked } from "../range.ts";
import { Room } from "../room.ts";
import { assertTus, lengthOf, nameOf, plainName, tellUpload } from "../spool/tus.ts";
import { receiveArchive } from "./receive.ts";

/** Uploads of a workspace in one request at once. */
const uploadsAtOnce = 2;
/** Seconds after which whoever waits for a copy looks again. */
const retrySeconds = 5;

/** A whole project as one file, and projects made of such files. */
export const archiveRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const db = app.database;
  const stored = { db, files: app.files };
  // A copy of a project is as large as it is: it may take all the room that there is.
  const limits = { bytes: environment.spoolBytes, largest: environment.spoolBytes, keptMs: environment.spoolMs };
  const uploads = new Room(uploadsAtOnce, (limit) => refused("tooManyUploads", { limit }));
  const told = new ToldOnce();

  implement(app, routes.getArchive, async ({ params, member }) => ({
    archive: await findArchive(db, member.workspaceId, params.id),
  }));
  implement(app, routes.makeArchive, ({ params, member }) => askArchive(stored, member, params.id));
  implement(
    app,
    routes.deleteArchive,
    ({ params, member }): Promise<undefined> => deleteArchive(stored, member, params.id).then(() => undefined),
  );
  implement(app, routes.getArchiveFile, async ({ params, member, request, reply }): Promise<Sent> => {
    const ready = await findReadyArchive(db, member.workspaceId, params.id);
    if (ready === null) throw await notReady(member.workspaceId, params.id, reply);
    const leave = app.exportsUnderWay.enter(params.id);
    reply.raw.once("close", leave).once("finish", leave);
    return send(ready, { by: member, projectId: params.id, request, reply });
  });

  implement(app, routes.bringArchive, ({ query, body, member, request }) =>
    uploads.within(member.workspaceId, () => {
      const length = request.headers["content-length"];
      const announced = { name: plainName(query.name), bytes: length === undefined ? null : Number(length) };
      return receiveArchive(app, member, announced, body, limits);
    }),
  );
  implement(app, routes.listArchiveUploads, async ({ member }) => {
    const files = await listSpooledArchives(app.databasePool, member.workspaceId);
    const used = await spoolUsed(app.databasePool, member.workspaceId);
    const room = { used, room: limits.bytes, largest: limits.largest, keptHours: limits.keptMs / 3_600_000 };
    return { items: files.map(({ view }) => view), ...room, hasFolder: false };
  });
  implement(app, routes.createArchiveUpload, async ({ member, request, reply }) => {
    assertTus(request, reply);
    const draft = { origin: "upload", name: nameOf(request), bytes: lengthOf(request) } as const;
    const file = await beginSpooled(app.databasePool, member, null, draft, limits);
    tellUpload(reply, file.view);
    reply.header("location", `/api/spool/${file.id}`);
    return file.view;
  });
  implement(app, routes.bringUploadedArchive, ({ body, member }) => bringUploaded(db, member, body.fileId));
  implement(app, routes.cancelBroughtArchive, ({ params, member }) =>
    cancelBrought({ ...stored, pool: app.databasePool }, member, params.id),
  );
  implement(app, routes.listBroughtArchives, async ({ member }) => ({
    items: await listBrought(db, member.workspaceId),
  }));
  implement(app, routes.getBroughtArchive, ({ params, member }) => getBrought(db, member.workspaceId, params.id));

  /** What there is to say of a copy that is not there. An error, so that nobody takes it for the file. */
  async function notReady(workspaceId: string, projectId: string, reply: FastifyReply) {
    const archive = await findArchive(db, workspaceId, projectId);
    if (archive === null) return refused("notThere", { kind: "archive" });
    if (archive.state === "failed") return refused("archiveFailed");
    if (archive.state === "removed") return refused("archiveRemoved");
    reply.header("retry-after", retrySeconds);
    if (archive.state === "working") return refused("archiveWorking", { rows: archive.rows, seconds: retrySeconds });
    return refused("archiveWaiting", { seconds: retrySeconds });
  }

  interface Answering {
    readonly by: MemberActor;
    readonly projectId: string;
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
  }

  /** As RFC 9110 has it: whole or one range, with its SHA-256 as a strong ETag; 304 to who has it, 416 beyond its end. */
  async function send(ready: ReadyArchive, { by, projectId, request, reply }: Answering): Promise<Sent> {
    const { path, bytes, sha256, writtenAt } = ready;
    const etag = `"${sha256}"`;
    const common = { etag, "accept-ranges": "bytes", "cache-control": "private, no-cache" };
    if (matchesEtag(request.headers["if-none-match"], etag)) {
      reply.headers(common).code(304).send();
      return sent;
    }
    const range = rangeAsked(request, reply, { etag, bytes });
    const content = request.method === "HEAD" ? undefined : await app.files.get(path, range);
    // A disk that has lost it, or a backup that was put back without it: it is written again.
    if (content === null) {
      await askArchive(stored, by, projectId);
      throw await notReady(by.workspaceId, projectId, reply);
    }
    const download = [by.id, by.via, by.token?.name, path].join("\n");
    if (content) {
      await told
        .tell(download, () => takeOutArchive(db, by, projectId, bytes))
        .catch((error: unknown) => {
          content.stream.destroy();
          throw error;
        });
    }
    reply
      .headers(common)
      .type("application/zip")
      .header("content-length", range ? range.end - range.start + 1 : bytes)
      .header("content-disposition", dispositionOf(ready))
      .header("last-modified", writtenAt.toUTCString());
    if (range) reply.code(206).header("content-range", `bytes ${range.start}-${range.end}/${bytes}`);
    const chunks = content ? whileRead(content.stream, reply, environment.exportIdleMs) : [];
    reply.send(Readable.from(chunks, { objectMode: false }));
    return sent;
  }
};

/** The project's name and the day, in letters that every system takes; RFC 8187 has the name itself. */
function dispositionOf({ projectName, writtenAt }: ReadyArchive): string {
  const day = writtenAt.toISOString().slice(0, 10);
  const name = projectName.replaceAll(/[/\\\p{Cc}]/gu, "_").slice(0, 80);
  const plain = name.replaceAll(/[^A-Za-z0-9._-]+/g, "-");
  const full = encodeURIComponent(`${name}-${day}.zip`).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}-${day}.zip"; filename*=UTF-8''${full}`;
}
