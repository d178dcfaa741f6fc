import type { SessionView } from "@touchstone/contracts";
import { openSession, readSession } from "@touchstone/persistence";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { clientAddress } from "../../plugins/client-address.ts";
import { describeSession } from "./view.ts";

interface Entering {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Signs a member in: the browser gets a cookie of its own, and the session that it had before is over. */
export async function enterSession(
  app: FastifyInstance,
  member: { id: string; workspaceId: string },
  { request, reply }: Entering,
): Promise<SessionView> {
  const { secret } = await openSession(app.database, member, {
    former: request.sessionCookie(),
    address: clientAddress(request),
  });
  reply.setSessionCookie(secret);
  const session = await readSession(app.databasePool, secret);
  if (session?.email) reply.knowDevice(session.email);
  return describeSession(app.database, session);
}
