import { randomBytes } from "node:crypto";
import { DomainError, Id, Role } from "@touchstone/contracts";
import type { Redis } from "ioredis";
import { z } from "zod";

/** On whose behalf a socket is open. */
export const SocketHolder = z.object({ memberId: Id, workspaceId: Id, role: Role });
export type SocketHolder = z.infer<typeof SocketHolder>;

/** Enough for a slow phone to open the socket, too little for a ticket in some log to be of use. */
export const ticketSeconds = 30;

const keyOf = (ticket: string) => `touchstone:socket-ticket:${ticket}`;

/**
 * A ticket that opens one socket, in whichever API process the connection lands.
 *
 * @throws DomainError unavailable while Redis is away: without it there would be nothing to hear on the socket either.
 */
export async function issueTicket(redis: Redis, holder: SocketHolder): Promise<string> {
  const ticket = randomBytes(24).toString("base64url");
  await redis.set(keyOf(ticket), JSON.stringify(holder), "EX", ticketSeconds).catch(() => {
    throw new DomainError("unavailable", "Live figures are away for a moment.");
  });
  return ticket;
}

/** Takes the ticket out of use and says whose it was; null when it is unknown, too old or used. */
export async function redeemTicket(redis: Redis, ticket: string): Promise<SocketHolder | null> {
  const stored = await redis.getdel(keyOf(ticket)).catch(() => null);
  return stored === null ? null : SocketHolder.parse(JSON.parse(stored));
}
