import { DomainError, routes } from "@touchstone/contracts";
import { closeSession, findLogin, openSession, readSession } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { verifyPassword } from "../../plugins/passwords.ts";
import { implement } from "../implement.ts";
import { describeSession, describeToken } from "./view.ts";

export const sessionRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.signIn, async ({ body, request, reply }) => {
    await app.countAttempt(request, body.email);
    const login = await findLogin(db, body.email);
    const fits = await verifyPassword(login?.passwordHash, body.password);
    const [member] = login?.members ?? [];
    // Only to who has proved the address theirs: that they were disabled is nobody else's business.
    if (fits && login?.disabled) throw new DomainError("account_disabled", "Your account here has been disabled.");
    // One answer for an unknown address and a wrong password.
    if (!fits || !member) throw new DomainError("wrong_credentials", "E-mail or password is wrong.");
    await app.forgetAttempts(request, body.email);
    const former = request.sessionCookie();
    if (former) await closeSession(db, former);
    const { secret } = await openSession(db, member);
    reply.setSessionCookie(secret).knowDevice(body.email);
    return describeSession(await readSession(app.databasePool, secret));
  });

  implement(app, routes.getSession, ({ request, member }) =>
    request.session ? describeSession(request.session) : describeToken(db, member),
  );

  implement(app, routes.signOut, async ({ request, reply }) => {
    const secret = request.sessionCookie();
    if (secret) await closeSession(db, secret);
    reply.clearSessionCookie();
    return undefined;
  });
};
