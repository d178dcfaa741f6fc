import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { buildServer } from "../../apps/api/src/build.ts";
import { readEnvironment } from "../../apps/api/src/environment.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "./database.ts";

/** The installation's secret of every such API. */
export const testSecret = "a-secret-that-only-this-test-run-knows";

export interface TestApi {
  server: FastifyInstance;
  databaseUrl: string;
  redisUrl: string;
  /** Where it keeps files. */
  filesDir: string;
  close(): Promise<void>;
}

/**
 * The API in this process, on a database of its own; requests are injected, so no port is opened. Close it in afterAll.
 *
 * @param given one with rows in it, which goes with the API
 */
export async function openApi(env: Record<string, string> = {}, given?: TestDatabase): Promise<TestApi> {
  const database = given ?? (await freshDatabase());
  const redisUrl = await freshRedis();
  const filesDir = mkdtempSync(join(tmpdir(), "touchstone-files-"));
  const server = buildServer(
    readEnvironment({
      DATABASE_URL: database.url,
      REDIS_URL: redisUrl,
      TOUCHSTONE_SECRET: testSecret,
      TOUCHSTONE_FILES_DIR: filesDir,
      LOG_LEVEL: "error",
      ...env,
    }),
  );
  await server.ready();
  return {
    server,
    databaseUrl: database.url,
    redisUrl,
    filesDir,
    close: async () => {
      await server.close();
      await database.drop();
      rmSync(filesDir, { recursive: true, force: true });
    },
  };
}
