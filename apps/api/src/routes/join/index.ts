import { DomainError, routes } from "@touchstone/contracts";
import { describeLink, findUsableLink, openSession, readSession } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { clientAddress } from "../../plugins/client-address.ts";
import { implement } from "../implement.ts";
import { describeSession } from "../session/view.ts";
import { enter } from "./enter.ts";

/** For holders of a link, who are nobody yet. */
export const joinRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.getJoin, async ({ params }) => describeLink(db, await findUsableLink(db, params.token)));

  implement(app, routes.join, async ({ params, body, request, reply }) => {
    const link = await findUsableLink(db, params.token);
    if (link.consent !== null && !body.consent) {
      throw new DomainError("invalid_value", "Joining needs your consent to the text shown.", { path: "consent" });
    }
    const member = await enter(app, link, body, clientAddress(request));
    const { secret } = await openSession(db, member);
    reply.setSessionCookie(secret);
    return describeSession(await readSession(app.databasePool, secret));
  });
};
