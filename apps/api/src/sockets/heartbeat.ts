import type { Connection } from "./connection.ts";

/** Below the minute after which common proxies cut a silent connection. */
const everyMs = 30_000;

/** Finds clients that are gone, and looks again at who may stay. Returns the way to stop. */
export function startHeartbeat(connections: ReadonlySet<Connection>, lookAgain: () => void): () => void {
  const timer = setInterval(() => {
    for (const connection of connections) connection.probe();
    lookAgain();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
