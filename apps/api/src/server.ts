import { buildServer } from "./build.ts";
import { readEnvironment } from "./environment.ts";

/** In-flight requests get this long to end; the supervisor waits longer. */
const closeWithinMs = 10_000;

const environment = readEnvironment(process.env);
const server = buildServer(environment);

let stopping = false;
async function stop(signal: string): Promise<void> {
  // A terminal and a supervisor may both send the signal.
  if (stopping) return;
  stopping = true;
  server.log.info({ signal }, "stopping");
  server.startDraining();
  setTimeout(() => {
    server.log.warn("requests were still open; closing anyway");
    process.exit(0);
  }, closeWithinMs).unref();
  await server.close();
  process.exit(0);
}

process.on("SIGTERM", stop);
process.on("SIGINT", stop);
try {
  await server.listen({ host: environment.host, port: environment.port });
} catch (error) {
  // Asked to stop before it listened.
  if (!stopping) throw error;
}
