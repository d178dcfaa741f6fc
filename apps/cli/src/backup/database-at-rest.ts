import { existsSync } from "node:fs";
import { openStack, runningPostgresUrl, StackError } from "@touchstone/stack";
import type { StartEnvironment } from "../start/environment.ts";

/**
 * Works on this installation's database: that of DATABASE_URL, that of the Touchstone that runs on the data folder, or,
 * where none runs, the data folder's own, started for as long as the work takes.
 *
 * @throws StackError where there is no such data folder
 */
export async function withDatabaseAtRest<Result>(
  { databaseUrl, dataDir }: StartEnvironment,
  log: (line: string) => void,
  work: (databaseUrl: string) => Promise<Result>,
): Promise<Result> {
  const url = databaseUrl ?? runningPostgresUrl(dataDir);
  if (url !== undefined) return work(url);
  if (!existsSync(dataDir)) {
    throw new StackError(
      `There is no data folder ${dataDir}. Name it with TOUCHSTONE_DATA_DIR, or the database with DATABASE_URL.`,
    );
  }
  return withOwnDatabase(dataDir, log, work);
}

/**
 * Starts the data folder's own Postgres for the work; nobody else can start on the folder meanwhile.
 *
 * @param restoring of a folder that is being restored, whose lock the caller holds
 */
export async function withOwnDatabase<Result>(
  dataDir: string,
  log: (line: string) => void,
  work: (databaseUrl: string) => Promise<Result>,
  restoring = false,
): Promise<Result> {
  // Redis keeps nothing that must outlast it, so none is started: any address will do.
  const stack = await openStack({ dataDir, log, env: { REDIS_URL: "redis://127.0.0.1:0" }, restoring });
  try {
    return await work(stack.databaseUrl);
  } finally {
    await stack.stop();
  }
}
