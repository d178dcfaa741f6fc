import { DomainError, refused, routes } from "@touchstone/contracts";
import { chooseMember, closeSession, findLogin, findMemberElsewhere } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { verifyPassword } from "../../plugins/passwords.ts";
import { implement } from "../implement.ts";
import { enterSession } from "./enter.ts";
import { describeSession, describeToken } from "./view.ts";

export const sessionRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.signIn, async ({ body, request, reply }) => {
    await app.countAttempt(request, body.email);
    const login = await findLogin(db, body.email);
    const fits = await verifyPassword(login?.passwordHash, body.password);
    // Only to who has proved the address theirs: where they belong, or were disabled, is nobody else's business.
    const member = login && fits ? chooseMember(login, body.workspaceId) : undefined;
    // One answer for an unknown address and a wrong password.
    if (!fits) request.noteRefusedSignIn(body.email, login);
    if (!member) throw new DomainError("wrong_credentials", "E-mail or password is wrong.");
    await app.forgetAttempts(request, body.email);
    return enterSession(app, member, { request, reply });
  });

  implement(app, routes.getSession, ({ request, member }) =>
    request.session ? describeSession(db, request.session) : describeToken(db, member),
  );

  implement(app, routes.switchWorkspace, async ({ body, member, request, reply }) => {
    // A token belongs to a member, and so to one workspace.
    if (!request.session) throw refused("signInForThis");
    return enterSession(app, await findMemberElsewhere(db, member, body.workspaceId), { request, reply });
  });

  implement(app, routes.signOut, async ({ request, reply }) => {
    const secret = request.sessionCookie();
    if (secret) await closeSession(db, secret);
    reply.clearSessionCookie();
    return undefined;
  });
};
