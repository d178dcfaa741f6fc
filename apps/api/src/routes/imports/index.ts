import { routes } from "@touchstone/contracts";
import { getImport, getProject, listImports, openImport, undoImport } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { callerGone } from "../../plugins/caller-gone.ts";
import { implement } from "../implement.ts";
import { assertAskable, bringIn, lookThrough } from "./bring-in.ts";
import { withUpload } from "./upload.ts";

export const importRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const { mediaBytes } = environment;
  const stores = { pool: app.bulk.pool, files: app.files };
  const room = app.readingRoom;

  implement(app, routes.listImports, async ({ params, member }) => ({
    items: await listImports(app.database, member.workspaceId, params.id),
  }));

  implement(app, routes.getImport, ({ params, member }) => getImport(app.database, member.workspaceId, params.id));

  implement(app, routes.openImport, async ({ params, body, member }) => ({
    opened: await openImport(app.database, member, params.id, body.count),
  }));

  implement(app, routes.undoImport, ({ params, member }) =>
    room.within(member.workspaceId, () => undoImport(stores, member, params.id)),
  );

  implement(app, routes.makeReceipt, async ({ params, query, body, member, reply }) => {
    const signal = callerGone(reply);
    const project = await getProject(app.database, member.workspaceId, params.id);
    assertAskable(project, query);
    return room.within(member.workspaceId, () =>
      withUpload(body, (file) => lookThrough(app, { file, project, workspaceId: member.workspaceId }, query, signal)),
    );
  });

  implement(app, routes.importRows, async ({ params, query, body, member, reply }) => {
    const signal = callerGone(reply);
    // Before the upload is read, so that nobody sends a gigabyte to a project that is not there.
    const project = await getProject(app.database, member.workspaceId, params.id);
    assertAskable(project, query);
    return room.within(member.workspaceId, () =>
      withUpload(body, (file) => bringIn(app, { file, project, member, query, mediaBytes }, { signal })),
    );
  });
};
