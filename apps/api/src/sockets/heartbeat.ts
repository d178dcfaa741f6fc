import { type Database, readStandings } from "@touchstone/persistence";
import { lesserRole } from "../plugins/principal.ts";
import { type Connection, closeCodes } from "./connection.ts";

/** Below the minute after which common proxies cut a silent connection. */
const everyMs = 30_000;

/** Finds clients that are gone, and ends the sockets of members who may no longer see what they see. Returns the way to stop. */
export function startHeartbeat(
  db: Database,
  connections: ReadonlySet<Connection>,
  onError: (error: unknown) => void,
): () => void {
  const timer = setInterval(() => {
    for (const connection of connections) connection.probe();
    endUnentitled(db, connections).catch(onError);
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** A member who was disabled, or has now a lesser role than the socket was opened with, is sent away; the page may come back. */
export async function endUnentitled(db: Database, connections: ReadonlySet<Connection>): Promise<void> {
  if (connections.size === 0) return;
  const standings = await readStandings(db, [...new Set([...connections].map(({ holder }) => holder.id))]);
  for (const connection of connections) {
    const { id, role } = connection.holder;
    const now = standings.get(id);
    if (now && !now.disabled && lesserRole(now.role, role) === role) continue;
    connection.close(closeCodes.notAllowed, "forbidden");
  }
}
