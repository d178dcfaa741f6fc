import { randomBytes } from "node:crypto";
import { DomainError, Id, Role } from "@touchstone/contracts";
import { readStandings } from "@touchstone/persistence";
import type { FastifyInstance } from "fastify";
import type { Redis } from "ioredis";
import { z } from "zod";
import type { Principal } from "../plugins/principal.ts";

/** For whom a ticket was made; one of an earlier version may say it otherwise, and is unknown. */
const Holder = z.object({
  id: Id,
  workspaceId: Id,
  name: z.string(),
  role: Role,
  via: z.enum(["session", "token"]),
  credential: z.string(),
}) satisfies z.ZodType<Principal>;

/** Enough for a slow phone to open the socket, too little for a ticket in some log to be of use. */
export const ticketSeconds = 30;

type Pool = FastifyInstance["databasePool"];

const keyOf = (ticket: string) => `touchstone:socket-ticket:${ticket}`;

/**
 * A ticket that opens one socket, in whichever API process the connection lands.
 *
 * @throws DomainError unavailable while Redis is away: without it there would be nothing to hear on the socket either.
 */
export async function issueTicket(redis: Redis, holder: Principal): Promise<string> {
  const ticket = randomBytes(24).toString("base64url");
  await redis.set(keyOf(ticket), JSON.stringify(holder), "EX", ticketSeconds).catch(() => {
    throw new DomainError("unavailable", "Live figures are away for a moment.");
  });
  return ticket;
}

/**
 * Takes the ticket out of use and says whose it was, with the role that what they came with has now.
 *
 * @throws DomainError unauthenticated when it is unknown, too old or used, or when the session or token that it was made
 * by has ended since.
 */
export async function redeemTicket(redis: Redis, pool: Pool, ticket: string): Promise<Principal> {
  const stored = await redis.getdel(keyOf(ticket)).catch(() => null);
  const holder = stored === null ? undefined : Holder.safeParse(JSON.parse(stored)).data;
  const role = holder && (await readStandings(pool, [holder])).get(holder.credential);
  if (!role) throw new DomainError("unauthenticated", "This ticket is unknown, too old or used; ask for a new one.");
  return { ...holder, role };
}
