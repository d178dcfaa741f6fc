import { DomainError } from "@touchstone/contracts";
import { readStandings } from "@touchstone/persistence";
import type { FastifyInstance } from "fastify";
import { lesserRole } from "../plugins/principal.ts";
import { type Connection, closeCodes } from "./connection.ts";

/**
 * Ends the sockets whose session or token has ended, whose member was disabled, or has now a lesser role than the socket
 * was opened with; the page may come back.
 *
 * @throws what Postgres throws while it is away, when nobody can say who may stay.
 */
export async function admit(pool: FastifyInstance["databasePool"], connections: Iterable<Connection>): Promise<void> {
  const asked = [...connections];
  if (asked.length === 0) return;
  for (const connection of (await endedAmong(pool, asked)).keys()) end(connection);
}

/**
 * Refuses a request. Of one whose socket may not stay the reason is that, whatever else is wrong with it, and the socket ends:
 * who is not known any more is told nothing of what there is.
 */
export async function refuseAsKnown(
  pool: FastifyInstance["databasePool"],
  connection: Connection,
  refuse: (instead?: DomainError) => void,
): Promise<void> {
  // Where Postgres can't be asked, the request has failed by that already.
  const ended = await endedAmong(pool, [connection]).catch(() => undefined);
  const reason = ended?.get(connection);
  refuse(reason);
  if (reason) end(connection);
}

const end = (connection: Connection) => connection.close(closeCodes.notAllowed, "forbidden");

/** Those that may not stay, with what each is to be told. */
async function endedAmong(
  pool: FastifyInstance["databasePool"],
  asked: readonly Connection[],
): Promise<Map<Connection, DomainError>> {
  const standings = await readStandings(
    pool,
    asked.map(({ holder }) => holder),
  );
  const ended = new Map<Connection, DomainError>();
  for (const connection of asked) {
    const now = standings.get(connection.holder.credential);
    if (now === undefined)
      ended.set(connection, new DomainError("unauthenticated", "What opened this socket has ended."));
    else if (lesserRole(now, connection.holder.role) !== connection.holder.role) {
      ended.set(connection, new DomainError("forbidden", "This socket was opened with a role that is yours no more."));
    }
  }
  return ended;
}

/** Work that is done once more, and only once, for all who ask while it is being done. */
export function onceForAll(work: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await work().catch(onError);
    }
    running = false;
  };
  return () => void run();
}
