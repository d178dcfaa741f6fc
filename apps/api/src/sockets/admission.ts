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
  const standings = await readStandings(
    pool,
    asked.map(({ holder }) => holder),
  );
  for (const connection of asked) {
    const now = standings.get(connection.holder.credential);
    if (now !== undefined && lesserRole(now, connection.holder.role) === connection.holder.role) continue;
    connection.close(closeCodes.notAllowed, "forbidden");
  }
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
