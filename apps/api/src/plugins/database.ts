import { type Database, type OpenDatabase, openDatabase, watchForHangs } from "@touchstone/persistence";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

declare module "fastify" {
  interface FastifyInstance {
    database: Database;
    /** The same connections, for COPY. */
    databasePool: OpenDatabase["pool"];
  }
}

/** Starts without Postgres too: requests answer 503 until it is there, and the process outlives its loss. */
export const database = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    const { db, pool, close } = openDatabase(environment.databaseUrl, {
      connections: environment.databaseConnections,
      onConnectionLost: (error) => app.log.warn({ err: error }, "a database connection was lost"),
    });
    app.decorate("database", db);
    app.decorate("databasePool", pool);
    const stopWatching = watchForHangs(environment.databaseUrl, [pool], () =>
      app.log.warn("postgres does not answer; its connections are cut"),
    );
    app.addHook("onClose", async () => {
      await stopWatching();
      await close();
    });
  },
  { name: "database" },
);
