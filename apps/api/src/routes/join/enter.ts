import { type DomainError, type Join, refused } from "@touchstone/contracts";
import {
  findLogin,
  isUniqueViolation,
  joinByLink,
  joinByName,
  resetPassword,
  type UsableLink,
} from "@touchstone/persistence";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { hashPassword, verifyPassword } from "../../plugins/passwords.ts";

interface Entered {
  member: { id: string; workspaceId: string };
  /** Of whoever joined by name alone: how they come back. */
  returnCode: string | null;
}

/**
 * Turns a link and what its holder filled in into a member, or sets a member's new password.
 *
 * @throws DomainError invalid_value for what the link needs and was not given; conflict for an address that belongs to
 * somebody with another password; link_used_up; too_many_requests.
 */
export async function enter(
  app: FastifyInstance,
  link: UsableLink,
  form: Join,
  request: FastifyRequest,
): Promise<Entered> {
  if (link.kind === "passwordReset") {
    const passwordHash = await hashPassword(required(form.password, "password"));
    return { member: await resetPassword(app.database, link, passwordHash), returnCode: null };
  }
  if (link.nameAlone && form.email === undefined && form.password === undefined) {
    if (form.name === undefined) throw refused("nameNeededToJoin", { at: "name" });
    await app.countNameJoin(request);
    return joinByName(app.database, link, { name: form.name, locale: form.locale });
  }
  const name = required(form.name, "name");
  const email = required(form.email, "email");
  const login = await loginFor(app, email, required(form.password, "password"), request);
  const member = await joinByLink(app.database, link, { name, login, locale: form.locale }).catch((error: unknown) => {
    // Two browsers joined with one new address at the same moment; the second is told what a later one would be.
    throw isUniqueViolation(error) ? taken() : error;
  });
  return { member, returnCode: null };
}

/** Whoever has a login already proves it with its password; otherwise the address and password become one. */
async function loginFor(app: FastifyInstance, email: string, password: string, request: FastifyRequest) {
  const login = await findLogin(app.database, email);
  if (!login) return { email, passwordHash: await hashPassword(password) };
  await app.countAttempt(request, email);
  if (!(await verifyPassword(login.passwordHash, password))) {
    request.noteRefusedSignIn(email, login);
    throw taken();
  }
  await app.forgetAttempts(request, email);
  return { userId: login.userId };
}

function required(value: string | undefined, path: "name" | "email" | "password"): string {
  if (value !== undefined) return value;
  throw refused("neededToJoin", { at: path });
}

function taken(): DomainError {
  return refused("addressTaken", { at: "email" });
}
