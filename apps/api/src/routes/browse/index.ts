import { refused, routes } from "@touchstone/contracts";
import {
  changeSavedView,
  countItems,
  createSavedView,
  deleteSavedView,
  getItem,
  listItemChoices,
  listSavedViews,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { callerGone } from "../../plugins/caller-gone.ts";
import type { Principal } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";
import { Room } from "../room.ts";

/** Commands on selections of a workspace that are under way at once: each may hold locks on thousands of tasks. */
const commandsAtOnce = 4;

/** Looking through a project, and what is done to what was found. */
export const browseRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;
  const commands = new Room(commandsAtOnce, (limit) => refused("tooManyCommands", { limit }));

  // Rows have answers compared, of up to thousands of items where agreement is asked for.
  implement(app, routes.listItems, ({ params, query, member }) =>
    app.reading.run("items", { workspaceId: member.workspaceId, projectId: params.id, query }),
  );
  implement(app, routes.countItems, ({ params, query, member }) =>
    countItems(db, member.workspaceId, params.id, query),
  );
  implement(app, routes.listItemChoices, ({ params, member }) => listItemChoices(db, member.workspaceId, params.id));
  implement(app, routes.getItem, ({ params, member }) => getItem(db, member.workspaceId, params.id));

  implement(app, routes.changeItems, ({ params, body, member }) =>
    commands.within(member.workspaceId, () =>
      app.reading.run("changeItems", { by: actorOf(member), projectId: params.id, change: body }),
    ),
  );
  implement(app, routes.makeLabelSet, ({ params, body, member, reply }) =>
    commands.within(member.workspaceId, () =>
      app.reading.run("makeLabelSet", { by: actorOf(member), projectId: params.id, draft: body }, callerGone(reply)),
    ),
  );

  implement(app, routes.listLeftOut, ({ params, query, member }) =>
    app.reading.run("leftOut", { workspaceId: member.workspaceId, projectId: params.id, query }),
  );
  implement(app, routes.leaveOut, ({ params, body, member }) =>
    commands.within(member.workspaceId, () =>
      app.reading.run("leaveOut", { by: actorOf(member), projectId: params.id, draft: body }),
    ),
  );
  implement(app, routes.putBack, ({ params, body, member }) =>
    commands.within(member.workspaceId, () =>
      app.reading.run("putBack", { by: actorOf(member), projectId: params.id, draft: body }),
    ),
  );

  implement(app, routes.listSavedViews, async ({ params, member }) => ({
    items: await listSavedViews(db, member.workspaceId, params.id),
  }));
  implement(app, routes.createSavedView, ({ params, body, member }) => createSavedView(db, member, params.id, body));
  implement(app, routes.changeSavedView, ({ params, body, member }) => changeSavedView(db, member, params.id, body));
  implement(app, routes.deleteSavedView, async ({ params, member }) => {
    await deleteSavedView(db, member, params.id);
    return undefined;
  });
};

/** As much of whoever asks as passes to a thread. */
function actorOf({ workspaceId, id, via, token }: Principal) {
  return { workspaceId, id, via, token };
}
