import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { migrate } from "@touchstone/persistence";
import { openStack, type Stack, type Supervisor, supervise, temporaryDataFolder } from "@touchstone/stack";
import { aborted } from "../signals.ts";
import { projectRoot } from "../start/project-root.ts";

export interface LoopStack {
  databaseUrl: string;
  redisUrl: string;
  filesDir: string;
}

/** Milliseconds a worker gets to stop before it is killed. */
const stopWithinMs = 25_000;

/** Work that was given up fails once its database is gone; in ms. */
const settleWithinMs = 5_000;

/** The built worker, as `npm start` runs it. Its log stays quiet unless something is wrong. */
function superviseWorker(stack: Stack, filesDir: string, log: (line: string) => void): Promise<Supervisor> {
  const entry = join(projectRoot(), "apps/worker/dist/main.js");
  const env = {
    ...process.env,
    DATABASE_URL: stack.databaseUrl,
    REDIS_URL: stack.redisUrl,
    TOUCHSTONE_FILES_DIR: filesDir,
    LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
  };
  return supervise({
    name: "The worker",
    spawn: () =>
      spawn(process.execPath, ["--enable-source-maps", entry], {
        detached: true,
        stdio: ["ignore", "ignore", "inherit"],
        env,
      }),
    // It listens nowhere; that it takes jobs shows in the queue.
    probe: async () => undefined,
    readyWithinMs: 0,
    stopSignal: "SIGTERM",
    stopWithinMs,
    ledger: stack.ledger,
    log,
  });
}

/**
 * A migrated Postgres, a Redis and a worker in a folder that is gone afterwards, whichever way this ends.
 *
 * @param stop given up and undone when it aborts
 */
export async function withLoopStack<T>(
  say: (line: string) => void,
  stop: AbortSignal,
  work: (stack: LoopStack) => Promise<T>,
): Promise<T> {
  const folder = await temporaryDataFolder("touchstone-loop-", say);
  // A checkpoint may be on its way into the folder while it is emptied: Node tries again where something has come meanwhile.
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })];
  try {
    // The loop brings its own servers, whatever the environment names: its data are thrown away.
    const stack = await openStack({ dataDir: folder, log: say, env: {}, cancel: stop });
    undo.push(() => stack.stop());
    stop.throwIfAborted();
    await migrate(stack.databaseUrl, join(projectRoot(), "prisma", "migrations"));
    const filesDir = join(folder, "files");
    const worker = await superviseWorker(stack, filesDir, say);
    undo.push(() => worker.stop());
    stop.throwIfAborted();
    const done = work({ databaseUrl: stack.databaseUrl, redisUrl: stack.redisUrl, filesDir });
    // What is given up may still be writing files: the folder is emptied when it has noticed that its servers are gone.
    undo.splice(1, 0, () => settled(done));
    return await unlessStopped(stop, done);
  } catch (error) {
    // Programs of this group hear Ctrl-C too, and what was under way fails as they end: the wish to stop is the reason.
    stop.throwIfAborted();
    throw error;
  } finally {
    await undoAll(undo);
  }
}

/** The last that was done first. One that fails keeps none of the others back. */
async function undoAll(actions: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const action of [...actions].reverse()) await action().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** Resolves once the work has ended, in whichever way, or when it has had its time. */
async function settled(work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const patience = sleep(settleWithinMs, undefined, { signal: over.signal });
  await Promise.race([work, patience]).catch(() => undefined);
  over.abort();
  await patience.catch(() => undefined);
}

async function unlessStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  const stopped = aborted(stop).then(() => Promise.reject(stop.reason));
  return Promise.race([work, stopped]);
}
