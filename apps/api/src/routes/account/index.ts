import { DomainError, refused, routes } from "@touchstone/contracts";
import { changePassword, findOwnLogin, readSession, renameMember, sayLanguages } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { hashPassword, verifyPassword } from "../../plugins/passwords.ts";
import { implement } from "../implement.ts";
import { describeSession } from "../session/view.ts";

/** What people change about themselves. A script acts in somebody's name; it does not become them. */
export const accountRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.changeAccount, async ({ body, member, request }) => {
    const secret = ownSession(request.session && request.sessionCookie());
    if (body.name !== undefined) await renameMember(db, member, body.name);
    if (body.languages !== undefined) await sayLanguages(db, member, body.languages);
    return describeSession(db, await readSession(app.databasePool, secret));
  });

  implement(app, routes.changePassword, async ({ body, member, request }) => {
    const secret = ownSession(request.session && request.sessionCookie());
    const login = await findOwnLogin(db, member);
    if (!login) throw refused("accountWithoutPassword");
    // As at sign-in: an open browser must not be a place to guess the password from.
    await app.countAttempt(request, login.email);
    if (!(await verifyPassword(login.passwordHash, body.present))) {
      request.noteRefusedSignIn(login.email, login);
      throw refused("presentPasswordWrong", { at: "present" });
    }
    await app.forgetAttempts(request, login.email);
    await changePassword(db, member, { userId: login.userId, passwordHash: await hashPassword(body.password), secret });
    return undefined;
  });
};

/** @throws DomainError forbidden for an API token. */
function ownSession(secret: string | undefined): string {
  if (secret) return secret;
  throw new DomainError("forbidden", "Sign in to change your account; a token cannot.");
}
