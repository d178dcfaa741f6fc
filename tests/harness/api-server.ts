import type { FastifyInstance } from "fastify";
import { buildServer } from "../../apps/api/src/build.ts";
import { readEnvironment } from "../../apps/api/src/environment.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "./database.ts";

export interface TestApi {
  server: FastifyInstance;
  databaseUrl: string;
  redisUrl: string;
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
  const server = buildServer(
    readEnvironment({
      DATABASE_URL: database.url,
      REDIS_URL: redisUrl,
      TOUCHSTONE_SECRET: "a-secret-that-only-this-test-run-knows",
      LOG_LEVEL: "error",
      ...env,
    }),
  );
  await server.ready();
  return {
    server,
    databaseUrl: database.url,
    redisUrl,
    close: async () => {
      await server.close();
      await database.drop();
    },
  };
}
