import { makeDataFolder, refuseUnfinishedRestore } from "./data-folder.ts";
import { lockDataFolder } from "./data-folder-lock.ts";
import { startPostgres } from "./postgres/server.ts";
import { endFormerRun, openProcessLedger, type ProcessLedger } from "./process-ledger.ts";
import { startRedis } from "./redis/server.ts";
import type { Supervisor } from "./supervise.ts";

export interface StackOptions {
  /** Where everything lives that must outlast the process; made if it is missing. */
  dataDir: string;
  /** One calm line at a time, for people. */
  log: (line: string) => void;
  /** Where DATABASE_URL and REDIS_URL are looked up; each, where set, is used instead of a server of ours. */
  env?: NodeJS.ProcessEnv;
  /** Whether the folder is being restored by the caller, who holds its lock. */
  restoring?: boolean;
  /** Aborting it gives up the wait for servers that are coming up, and stops them. */
  cancel?: AbortSignal;
}

export interface Stack {
  databaseUrl: string;
  redisUrl: string;
  /** The real path of the data folder. */
  dataDir: string;
  /** Processes entered here are ended by the next start on this folder, should this one be killed. */
  ledger: ProcessLedger;
  /** The servers of ours that run now, by process id; undefined where the environment brings its own. */
  pids(): { postgres: number | undefined; redis: number | undefined };
  /** Stops the servers of ours and frees the folder. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Brings up Postgres and Redis for one machine, each on a private loopback port, and keeps them up: one that ends
 * unasked is started again on the same port.
 *
 * @throws StackError where a person must act: the folder is in use, half restored, out of Postgres's reach, or Redis
 * cannot be had.
 */
export async function openStack({
  dataDir: wanted,
  log,
  env = process.env,
  restoring = false,
  cancel,
}: StackOptions): Promise<Stack> {
  const dataDir = makeDataFolder(wanted);
  if (!restoring) refuseUnfinishedRestore(dataDir);
  const unlock = restoring ? () => undefined : lockDataFolder(dataDir);
  const running: Supervisor[] = [];
  try {
    await endFormerRun(dataDir, log);
    const ledger = openProcessLedger(dataDir);
    const keep = <T extends { supervisor: Supervisor }>(server: T): T => {
      running.push(server.supervisor);
      return server;
    };
    const settled = await Promise.allSettled([
      env.DATABASE_URL ? undefined : startPostgres({ dataDir, ledger, log, cancel }).then(keep),
      env.REDIS_URL ? undefined : startRedis({ dataDir, ledger, log, cancel }).then(keep),
    ]);
    const [postgres, redis] = settled.map(valueOrThrow);
    return {
      databaseUrl: env.DATABASE_URL || urlOf(postgres),
      redisUrl: env.REDIS_URL || urlOf(redis),
      dataDir,
      ledger,
      pids: () => ({ postgres: postgres?.supervisor.pid(), redis: redis?.supervisor.pid() }),
      stop: once(async () => {
        await stopAll(running);
        unlock();
      }),
    };
  } catch (error) {
    await stopAll(running);
    unlock();
    throw error;
  }
}

function valueOrThrow<T>(result: PromiseSettledResult<T>): T {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

function urlOf(server: { url: string } | undefined): string {
  if (server === undefined) throw new Error("The server neither runs nor has an address in the environment.");
  return server.url;
}

const stopAll = (running: Supervisor[]) => Promise.all(running.map((supervisor) => supervisor.stop()));

function once(action: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => {
    result ??= action();
    return result;
  };
}
