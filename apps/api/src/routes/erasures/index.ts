import { refused, routes } from "@touchstone/contracts";
import { changeRetention, listErasures } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";
import { Room } from "../room.ts";

/** Lists of what depends on a person that are made at once for a workspace: each looks at all that they did. */
const looksAtOnce = 4;

/** Who is erased: first all that depends is named, then it goes in steps (`plugins/erasures.ts`). */
export const erasureRoutes: FastifyPluginAsync = async (app) => {
  const looks = new Room(looksAtOnce, (limit) => refused("tooManyLooks", { limit }));

  implement(app, routes.listErasures, async ({ member }) => ({
    items: await listErasures(app.database, member.workspaceId),
  }));
  implement(app, routes.listPersonDependants, ({ params, member }) =>
    looks.within(member.workspaceId, () =>
      app.reading.run("personDependants", { workspaceId: member.workspaceId, memberId: params.id }),
    ),
  );
  implement(app, routes.eraseMember, ({ params, body, member }) =>
    looks.within(member.workspaceId, async () => {
      const { workspaceId, id, via, token } = member;
      const by = { workspaceId, id, via, token };
      const erasure = await app.reading.run("eraseMember", { by, memberId: params.id, draft: body });
      // Whoever is erased watches nothing any more.
      app.accessChanged();
      app.erasureAsked();
      return erasure;
    }),
  );
  implement(app, routes.getRetention, ({ params, query, member }) =>
    looks.within(member.workspaceId, () =>
      app.reading.run("retention", { workspaceId: member.workspaceId, projectId: params.id, query }),
    ),
  );
  implement(app, routes.changeRetention, ({ params, body, member }) =>
    changeRetention(app.database, member, params.id, body),
  );
};
