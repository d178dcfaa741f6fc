import { refused, routes } from "@touchstone/contracts";
import { defaultSizeLimits } from "@touchstone/datasets";
import {
  beginImportJob,
  beginSpooled,
  cancelImportJob,
  findImportJob,
  findSpooled,
  getProject,
  listImportJobs,
  listSpooled,
  removeSpooled,
  type SpooledFile,
  spoolUsed,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { callerGone } from "../../plugins/caller-gone.ts";
import type { Principal } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";
import { assertAskable, lookThrough } from "../imports/bring-in.ts";
import { Room } from "../room.ts";
import { askFor, draftOf, untilAnswered } from "./address.ts";
import { ImportFolder, theFolder } from "./folder.ts";
import { LineWatches } from "./line-watches.ts";
import { receiveUpload } from "./receive-upload.ts";
import { storeAnswer } from "./store-answer.ts";
import { CopyQueue } from "./store-copy.ts";
import { assertTus, checksumOf, lengthOf, nameOf, offsetOf, plainName, tellUpload } from "./tus.ts";
import { withSpooled } from "./with-spooled.ts";

/** Uploads of a workspace that arrive at once in this process: each keeps a piece in memory. */
const uploadsAtOnce = 8;
const downloadsAtOnce = 4;

/** Where files for imports come from, and imports that go on by themselves. */
export const spoolRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const stores = { pool: app.databasePool, files: app.files };
  const limits = {
    bytes: environment.spoolBytes,
    largest: defaultSizeLimits.maximumBytes,
    keptMs: environment.spoolMs,
  };
  const folder = environment.importFolder === undefined ? undefined : new ImportFolder(environment.importFolder);
  const arriving = new Room(uploadsAtOnce, (limit) => refused("tooManyUploads", { limit }));
  const fetching = new Room(downloadsAtOnce, (limit) => refused("tooManyDownloads", { limit }));
  const watches = new LineWatches();
  const copies = new CopyQueue();
  const spool = { folder, keptMs: limits.keptMs };

  /** What has all come and was not said to be there yet: the process may have been killed in between. */
  const completed = async (file: SpooledFile) => {
    const { state, origin, bytes, received } = file.view;
    return state === "arriving" && origin === "upload" && received === bytes ? app.completeSpooled(file) : file;
  };
  /** @throws DomainError not_found, also for the copy of a whole project to whoever is no admin */
  const findOwn = async ({ workspaceId, role }: Principal, id: string) => {
    const file = await findSpooled(app.databasePool, workspaceId, id);
    if (file.projectId === null && role !== "admin") throw refused("notThere", { kind: "file" });
    return file;
  };
  const find = async (member: Principal, id: string) => completed(await findOwn(member, id));

  implement(app, routes.listSpool, async ({ params, member }) => {
    await getProject(app.database, member.workspaceId, params.id);
    const files = await listSpooled(app.databasePool, member.workspaceId, params.id);
    return {
      items: files.map(({ view }) => view),
      used: await spoolUsed(app.databasePool, member.workspaceId),
      room: limits.bytes,
      largest: limits.largest,
      keptHours: limits.keptMs / 3_600_000,
      hasFolder: folder !== undefined,
    };
  });

  implement(app, routes.createUpload, async ({ params, member, request, reply }) => {
    await getProject(app.database, member.workspaceId, params.id);
    assertTus(request, reply);
    const draft = { origin: "upload", name: nameOf(request), bytes: lengthOf(request) } as const;
    const file = await completed(await beginSpooled(app.databasePool, member, params.id, draft, limits));
    tellUpload(reply, file.view);
    reply.header("location", `/api/spool/${file.id}`);
    return file.view;
  });

  implement(app, routes.getSpooled, async ({ params, member, reply }) => {
    const { view } = await find(member, params.id);
    tellUpload(reply, view);
    return view;
  });

  implement(app, routes.appendUpload, ({ params, body, member, request, reply }) =>
    arriving.within(member.workspaceId, async () => {
      try {
        const file = await find(member, params.id);
        assertTus(request, reply);
        const announced = {
          offset: offsetOf(request),
          length: Number(request.headers["content-length"] ?? 0),
          checksum: checksumOf(request),
        };
        await receiveUpload(app, file, announced, body, { limits, watches });
        tellUpload(reply, (await find(member, file.id)).view);
        return undefined;
      } finally {
        // What is left of a refused body is read and dropped: a client hears the answer once it has sent everything.
        body?.resume();
      }
    }),
  );

  implement(app, routes.removeSpooled, async ({ params, member, reply }) => {
    await findOwn(member, params.id);
    await removeSpooled(stores, member.workspaceId, params.id);
    app.downloads.stop(params.id);
    reply.header("tus-resumable", "1.0.0");
    return undefined;
  });

  implement(app, routes.createDownload, async ({ params, body, member, reply }) => {
    await getProject(app.database, member.workspaceId, params.id);
    const leave = fetching.enter(member.workspaceId);
    const ask = askFor(app.outgoing, body, limits.largest);
    try {
      // Its head is waited for: what an address refuses is said at once, and what it gives has its name and size.
      const answer = await untilAnswered(callerGone(reply), (signal) => ask({}, signal));
      try {
        const file = await beginSpooled(app.databasePool, member, params.id, draftOf(answer, body.url), limits);
        const store = (signal: AbortSignal) => storeAnswer(stores, { file, answer, limits, ask }, signal);
        app.downloads.start({ file, store }, leave);
        return file.view;
      } catch (error) {
        answer.body.destroy();
        throw error;
      }
    } catch (error) {
      leave();
      throw error;
    }
  });

  implement(app, routes.listFolder, async ({ params, member }) => {
    await getProject(app.database, member.workspaceId, params.id);
    return folder?.list() ?? { items: [], more: 0, cut: false };
  });

  implement(app, routes.chooseFolderFile, async ({ params, body, member, reply }) => {
    const signal = callerGone(reply);
    await getProject(app.database, member.workspaceId, params.id);
    const { path, copy } = body;
    const named = theFolder(folder);
    return named.with(path, async ({ descriptor, stamp, bytes, now }) => {
      if (bytes > limits.largest) throw refused("uploadTooLarge", { limit: limits.largest });
      const described = { origin: "folder", name: plainName(path), place: path, bytes } as const;
      if (copy) {
        const file = await beginSpooled(app.databasePool, member, params.id, described, limits);
        const store = (stop: AbortSignal) => copies.store(stores, { file, folder: named, path, stamp, limits }, stop);
        app.downloads.start({ file, store }, () => undefined);
        return file.view;
      }
      const sha256 = await app.readingRoom.within(member.workspaceId, () =>
        app.parsing.run("digest", { file: { descriptor } }, signal),
      );
      if ((await now()) !== stamp) throw refused("folderFileChanged", { name: path });
      const draft = { ...described, inPlace: { stamp, sha256 } };
      return (await beginSpooled(app.databasePool, member, params.id, draft, limits)).view;
    });
  });

  implement(app, routes.readSpooled, async ({ params, query, member, reply }) => {
    const signal = callerGone(reply);
    const spooled = await find(member, params.id);
    const project = await getProject(app.database, member.workspaceId, projectIdOf(spooled));
    assertAskable(project, query);
    return app.readingRoom.within(member.workspaceId, () =>
      withSpooled(app, spooled, spool, (file) =>
        lookThrough(app, { file, project, workspaceId: member.workspaceId }, query, signal),
      ),
    );
  });

  implement(app, routes.importSpooled, async ({ params, query, member }) => {
    const spooled = await find(member, params.id);
    const project = await getProject(app.database, member.workspaceId, projectIdOf(spooled));
    assertAskable(project, query);
    const leave = app.readingRoom.enter(member.workspaceId);
    try {
      // Whether it is there, and unchanged, is said at once.
      await withSpooled(app, spooled, spool, async () => {});
      const named = { ...query, fileName: query.fileName ?? spooled.view.name };
      const job = await beginImportJob(app.databasePool, member, spooled, named);
      const withFile = <T>(work: Parameters<typeof withSpooled<T>>[3]) => withSpooled(app, spooled, spool, work);
      app.importJobs.start({ job, member, project, query: named, withFile }, leave);
      return job;
    } catch (error) {
      leave();
      throw error;
    }
  });

  implement(app, routes.listImportJobs, async ({ params, member }) => {
    await getProject(app.database, member.workspaceId, params.id);
    return { items: await listImportJobs(app.databasePool, member.workspaceId, params.id) };
  });

  implement(app, routes.getImportJob, ({ params, member }) =>
    findImportJob(app.databasePool, member.workspaceId, params.id),
  );

  implement(app, routes.cancelImportJob, async ({ params, member }) => {
    const job = await cancelImportJob(app.databasePool, member.workspaceId, params.id);
    app.importJobs.stop(params.id);
    return job;
  });
};

/** @throws DomainError conflict for the copy of a whole project, which is of none and has no rows for one */
function projectIdOf({ projectId }: SpooledFile): string {
  if (projectId === null) throw refused("spooledIsArchive");
  return projectId;
}
