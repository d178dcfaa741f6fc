import { DomainError, type Join, refused, routes } from "@touchstone/contracts";
import {
  describeLink,
  findOwnLogin,
  findUsableLink,
  joinByLink,
  memberOfReturn,
  readGuidelineIn,
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
    const offer = await describeLink(db, link, secret ? await readSession(app.databasePool, secret) : null);
    const texts = link.projectId ? await app.readerTexts.of(request, link.projectId) : null;
    if (!texts) return offer;
    const [guideline] = link.project?.guidelines ?? [];
    const translated = guideline ? await readGuidelineIn(db, guideline.id, texts.language) : null;
    return {
      ...offer,
      project: texts.name || offer.project,
      description: texts.description || offer.description,
      guideline: translated ?? offer.guideline,
    };
  });

  implement(app, routes.join, async ({ params, body, request, reply }) => {
    const link = await findUsableLink(db, params.token);
    assertConsent(link, body);
    const { member, returnCode } = await enter(app, link, body, request);
    return { ...(await enterSession(app, member, { request, reply })), returnCode };
  });

  // Of 256 random bits, as a session's cookie: there is nothing to guess that a limit would slow down.
  implement(app, routes.comeBack, async ({ body, request, reply }) =>
    enterSession(app, await memberOfReturn(db, body.code), { request, reply }),
  );

  implement(app, routes.joinSignedIn, async ({ params, body, member, request, reply }) => {
    const link = await findUsableLink(db, params.token);
    const session = sessionOf(request);
    const login = await findOwnLogin(db, member);
    // By name alone one is a person of one project.
    if (link.kind !== "passwordReset" && !login) throw refused("joinedByName");
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
