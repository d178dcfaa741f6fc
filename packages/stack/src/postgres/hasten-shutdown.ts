import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Supervisor } from "../supervise.ts";

/** Lines of postmaster.pid (PostgreSQL's pidfile.h: LOCK_FILE_LINE_PID, LOCK_FILE_LINE_PM_STATUS). */
const pidLine = 1;
const statusLine = 8;
/** Short beside what people bear, and next to nothing: one look into a file of eight lines. */
const lookEveryMs = 1_000;

/**
 * Ends a "smart" shutdown that somebody else asked for (SIGTERM to Postgres alone, as tools that end processes send it):
 * it waits for connections that our processes never close, and refuses all new ones meanwhile, so half the product would
 * be away for as long as it runs. Made a "fast" one, it is over in a moment, and the supervisor starts Postgres again.
 */
export function hastenShutdown(folder: string, supervisor: Supervisor, log: (line: string) => void): Supervisor {
  let hastened: number | undefined;
  const timer = setInterval(() => {
    const pid = supervisor.pid();
    if (pid === undefined || pid === hastened || !isStopping(folder, pid)) return;
    hastened = pid;
    log("Postgres was asked to end once its connections close; they never do, so it ends now");
    process.kill(pid, "SIGINT");
  }, lookEveryMs);
  timer.unref();
  return {
    pid: supervisor.pid,
    stop() {
      clearInterval(timer);
      return supervisor.stop();
    },
  };
}

function isStopping(folder: string, pid: number): boolean {
  try {
    const lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
    return lines[pidLine - 1] === String(pid) && lines[statusLine - 1]?.trim() === "stopping";
  } catch {
    // Between an end and a start there is no such file.
    return false;
  }
}
