import { type Database, openDatabase } from "@touchstone/persistence";
import { runningPostgresUrl, StackError } from "@touchstone/stack";
import { parseEnvironment } from "../start/environment.ts";
import { projectRoot } from "../start/project-root.ts";

/**
 * Works on this installation's database: that of DATABASE_URL, or of the Touchstone that runs on the data folder.
 *
 * @throws StackError where neither is there.
 */
export async function withInstallation<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
  const { databaseUrl, dataDir } = parseEnvironment(process.env, projectRoot());
  const url = databaseUrl ?? runningPostgresUrl(dataDir);
  if (url === undefined) {
    throw new StackError(
      `No Touchstone runs on ${dataDir}. Start it (npm start) and run this beside it, or name the folder with TOUCHSTONE_DATA_DIR or the database with DATABASE_URL.`,
    );
  }
  const { db, close } = openDatabase(url, { connections: 2 });
  try {
    return await work(db);
  } finally {
    await close();
  }
}
