import { DomainError, type Join, refused, routes } from "@touchstone/contracts";
import {
  describeLink,
  findOwnLogin,
  findUsableLink,
  joinByLink,
  readSession,
  type UsableLink,
} from "@touchstone/persistence";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { implement } from "../implement.ts";
import { enterSession } from "../session/enter.ts";
import { describeSession } from "../session/view.ts";
import { enter } from "./enter.ts";

/** For holders of a link: most are nobody yet, and whoever is signed in is not asked again. */
export const joinRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.getJoin, async ({ params, request }) => {
    const link = await findUsableLink(db, params.token);
    const secret = request.sessionCookie();
    return describeLink(db, link, secret ? await readSession(app.databasePool, secret) : null);
  });

  implement(app, routes.join, async ({ params, body, request, reply }) => {
    const link = await findUsableLink(db, params.token);
    assertConsent(link, body);
    return enterSession(app, await enter(app, link, body, request), { request, reply });
  });

  implement(app, routes.joinSignedIn, async ({ params, body, member, request, reply }) => {
    const link = await findUsableLink(db, params.token);
    const session = sessionOf(request);
    const login = await findOwnLogin(db, member);
    if (link.kind === "passwordReset" || !login) {
      throw refused("resetWhileSignedIn");
    }
    assertConsent(link, body);
    const joined = await joinByLink(db, link, { name: member.name, login, locale: body.locale });
    // A link of another workspace leads there, which takes a session of that one.
    return joined.workspaceId === member.workspaceId
      ? describeSession(db, session)
      : enterSession(app, joined, { request, reply });
  });
};

/** @throws DomainError forbidden for an API token: consent is a person's to give. */
function sessionOf({ session }: FastifyRequest) {
  if (session) return session;
  throw new DomainError("forbidden", "Sign in to join; a token cannot.");
}

function assertConsent(link: UsableLink, { consent }: Pick<Join, "consent">): void {
  if (link.consent === null || consent) return;
  throw refused("consentNeeded", { at: "consent" });
}
