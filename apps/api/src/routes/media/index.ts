import { Readable } from "node:stream";
import { type MediaRef, refused, routes } from "@touchstone/contracts";
import { lookAtMedia } from "@touchstone/datasets";
import { deleteMedia, findMedia, getProject, listMedia, mediaKey, storeMedia } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { implement, type Sent, sent } from "../implement.ts";
import { matchesEtag } from "../matches-etag.ts";
import { rangeAsked } from "../range.ts";
import { Room } from "../room.ts";
import { readUpload } from "./read-upload.ts";

/** Uploads of a workspace at once: each is in memory whole. */
const uploadsAtOnce = 4;

/** Of a file, nothing may run: neither as a page of its own nor framed, whatever a browser takes it for. */
const filePolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
/** The id is of the content, which never changes; only this browser keeps it, for the address needs a sign-in. */
const forGood = "private, max-age=31536000, immutable";

export const mediaRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const room = new Room(uploadsAtOnce, (limit) => refused("tooManyUploads", { limit }));
  const limits = { bytes: environment.mediaBytes };
  const stores = { pool: app.bulk.pool, files: app.files };

  implement(app, routes.uploadMedia, async ({ params, query: { name }, body, member, request }): Promise<MediaRef> => {
    // Before the upload is read, so that nobody sends much to a project that is not there.
    await getProject(app.database, member.workspaceId, params.id);
    return room.within(member.workspaceId, async () => {
      const bytes = await readUpload(body, name);
      const look = lookAtMedia(bytes, name, typeOf(request.headers["content-type"]));
      if ("reason" in look) throw refused(look.reason, { ...look.values, at: "body" });
      return storeMedia(stores, member, params.id, { name, bytes, look }, limits);
    });
  });

  implement(app, routes.listMedia, async ({ params, query, member }) => {
    const { workspaceId } = member;
    await getProject(app.database, workspaceId, params.id);
    const page = await listMedia(app.databasePool, { workspaceId, projectId: params.id }, query);
    return { ...page, limit: limits.bytes };
  });

  implement(app, routes.getMedia, async ({ params, member, request, reply }): Promise<Sent> => {
    const media = await findMedia(app.databasePool, member, params.id);
    const etag = `"${media.sha256}"`;
    reply
      .header("cache-control", forGood)
      .header("content-security-policy", filePolicy)
      .header("etag", etag)
      .header("accept-ranges", "bytes");
    if (matchesEtag(request.headers["if-none-match"], etag)) {
      reply.code(304).send();
      return sent;
    }
    const range = rangeAsked(request, reply, { etag, bytes: media.bytes });
    const length = range ? range.end - range.start + 1 : media.bytes;
    reply
      .type(media.type)
      .header("content-length", length)
      // A name may tell which model made an answer, and whoever judges it must not know.
      .header(
        "content-disposition",
        `inline; filename="${member.role === "annotator" ? media.id : plainName(media.names[0])}"`,
      );
    if (range) reply.code(206).header("content-range", `bytes ${range.start}-${range.end}/${media.bytes}`);
    if (request.method === "HEAD") {
      reply.send(Readable.from([]));
      return sent;
    }
    const content = await app.files.get(mediaKey(media), range);
    // A row without its file: a disk that has lost it, or a backup that was put back without its files.
    if (content === null) throw new Error(`the file of media ${media.id} is not in the file store`);
    reply.send(content.stream);
    return sent;
  });

  implement(
    app,
    routes.deleteMedia,
    ({ params, member }): Promise<undefined> => deleteMedia(stores, member, params.id).then(() => undefined),
  );
};

const typeOf = (header: string | undefined): string | undefined => header?.split(";", 1)[0]?.trim().toLowerCase();

/** What no header and no file system misreads; what somebody saves it as is theirs to choose. */
const plainName = (name = "file"): string => name.replace(/[^A-Za-z0-9._-]/g, "_").slice(-100);
