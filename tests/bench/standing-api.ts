import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { apiMemory, openStack } from "@touchstone/stack";
import { type ApiProcess, spawnApi } from "../harness/api-process.ts";
import { withDatabase } from "../harness/database-url.ts";
import { makeTemplateDatabase, templateName } from "../harness/template-database.ts";

/** The built API on its public port, with a Postgres and a Redis that nobody else uses. */
export interface StandingApi extends Pick<OpenDatabase, "db" | "pool"> {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly api: ApiProcess;
  close(): Promise<void>;
}

/** In a temporary folder that goes with it. */
export async function openStandingApi(say: (line: string) => void): Promise<StandingApi> {
  const dataDir = mkdtempSync(join(tmpdir(), "touchstone-bench-"));
  // Run by root, Postgres is another user, who must be able to enter.
  chmodSync(dataDir, 0o711);
  const stack = await openStack({ dataDir, log: say });
  const closeStack = async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await makeTemplateDatabase(stack.databaseUrl);
    const databaseUrl = withDatabase(stack.databaseUrl, templateName);
    const { redisUrl } = stack;
    // As `npm start` does.
    const api = await spawnApi({ databaseUrl, redisUrl, env: apiMemory({}) });
    const { db, pool, close } = openDatabase(databaseUrl, { connections: 4 });
    return {
      db,
      pool,
      databaseUrl,
      redisUrl,
      api,
      async close() {
        await close();
        await api.kill();
        await closeStack();
      },
    };
  } catch (error) {
    await closeStack();
    throw error;
  }
}
