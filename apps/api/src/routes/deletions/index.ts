import { refused, routes } from "@touchstone/contracts";
import { listDeletions } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Principal } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";
import { Room } from "../room.ts";

/** Lists of dependants of a workspace that are made at once: each looks at all that a project has. */
const looksAtOnce = 4;

/** What is deleted for good: first all that depends on it is named, then it goes in steps (`plugins/deletions.ts`). */
export const deletionRoutes: FastifyPluginAsync = async (app) => {
  const looks = new Room(looksAtOnce, (limit) => refused("tooManyLooks", { limit }));

  implement(app, routes.listDeletions, async ({ member }) => ({
    items: await listDeletions(app.database, member.workspaceId),
  }));
  implement(app, routes.listDependants, ({ params, member }) =>
    looks.within(member.workspaceId, () =>
      app.reading.run("dependants", { workspaceId: member.workspaceId, projectId: params.id }),
    ),
  );
  implement(app, routes.deleteProject, ({ params, body, member }) =>
    looks.within(member.workspaceId, async () => {
      assertNoExport(params.id);
      const job = { by: actorOf(member), projectId: params.id, draft: body };
      const deletion = await app.reading.run("deleteProject", job);
      // Whoever watches it by a socket has nothing to watch any more.
      app.accessChanged();
      app.deletionAsked();
      return deletion;
    }),
  );
  implement(app, routes.deletePrompts, ({ params, body, member }) =>
    looks.within(member.workspaceId, async () => {
      if (!body.preview) assertNoExport(params.id);
      const told = await app.reading.run("deletePrompts", { by: actorOf(member), projectId: params.id, draft: body });
      if (told.deletion) app.deletionAsked();
      return told;
    }),
  );

  function assertNoExport(projectId: string): void {
    const count = app.exportsUnderWay.count(projectId);
    if (count > 0) throw refused("exportUnderWay", { count });
  }
};

/** As much of whoever asks as passes to a thread. */
function actorOf({ workspaceId, id, via, token }: Principal) {
  return { workspaceId, id, via, token };
}
