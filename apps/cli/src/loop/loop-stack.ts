import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@touchstone/persistence";
import { openStack } from "@touchstone/stack";
import { projectRoot } from "../start/project-root.ts";

export interface LoopStack {
  databaseUrl: string;
  redisUrl: string;
  filesDir: string;
}

/** Milliseconds a worker gets to stop before it is killed. */
const patience = 25_000;

/** The built worker, as `npm start` runs it. Its log stays quiet unless something is wrong. */
function startWorker(stack: LoopStack) {
  const worker = spawn(process.execPath, ["--enable-source-maps", join(projectRoot(), "apps/worker/dist/main.js")], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: stack.databaseUrl,
      REDIS_URL: stack.redisUrl,
      TOUCHSTONE_FILES_DIR: stack.filesDir,
      LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
    },
  });
  return async () => {
    if (worker.exitCode !== null) return;
    const exited = once(worker, "exit");
    worker.kill("SIGTERM");
    const killer = setTimeout(() => worker.kill("SIGKILL"), patience);
    await exited;
    clearTimeout(killer);
  };
}

/** A migrated Postgres, a Redis and a worker in a folder that is gone afterwards. */
export async function withLoopStack<T>(
  say: (line: string) => void,
  work: (stack: LoopStack) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "touchstone-loop-"));
  // Run by root, Postgres is another user, who must be able to enter.
  await chmod(folder, 0o711);
  // The loop brings its own servers, whatever the environment names: its data are thrown away.
  const stack = await openStack({ dataDir: folder, log: say, env: {} });
  try {
    await migrate(stack.databaseUrl, join(projectRoot(), "prisma", "migrations"));
    const loopStack = { databaseUrl: stack.databaseUrl, redisUrl: stack.redisUrl, filesDir: join(folder, "files") };
    const stopWorker = startWorker(loopStack);
    try {
      return await work(loopStack);
    } finally {
      await stopWorker();
    }
  } finally {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
