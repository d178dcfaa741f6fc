import { type Database, type OpenDatabase, openDatabase, watchForHangs } from "@touchstone/persistence";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

declare module "fastify" {
  interface FastifyInstance {
    database: Database;
    /** The same connections, for statements that Prisma has no words for. */
    databasePool: OpenDatabase["pool"];
    /** Connections of their own for what may take long: imports, exports, figures. They can't take those of the desk. */
    bulk: Pick<OpenDatabase, "db" | "pool">;
  }
}

/** Nobody at a page waits longer than this for one statement, or for a row that somebody else holds. */
const ofDesk = { statementTimeoutMs: 30_000, lockTimeoutMs: 10_000 };
/** The largest file that is taken stays well below this; behind it may wait another import of the same project. */
const ofBulk = { statementTimeoutMs: 30 * 60_000, lockTimeoutMs: 120_000 };
/** Of all connections; a judgement needs one for milliseconds, an import for minutes. */
const shareOfBulk = 0.4;

/** Starts without Postgres too: requests answer 503 until it is there, and the process outlives its loss. */
export const database = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    const onConnectionLost = (error: Error) => app.log.warn({ err: error }, "a database connection was lost");
    const forBulk = Math.max(1, Math.floor(environment.databaseConnections * shareOfBulk));
    const open = (connections: number, limits: typeof ofDesk) =>
      openDatabase(environment.databaseUrl, { connections, onConnectionLost, ...limits });
    const desk = open(environment.databaseConnections - forBulk, ofDesk);
    const bulk = open(forBulk, ofBulk);
    app.decorate("database", desk.db);
    app.decorate("databasePool", desk.pool);
    app.decorate("bulk", { db: bulk.db, pool: bulk.pool });
    const stopWatching = watchForHangs(environment.databaseUrl, [desk.pool, bulk.pool], () =>
      app.log.warn("postgres does not answer; its connections are cut"),
    );
    app.addHook("onClose", async () => {
      await stopWatching();
      await Promise.all([desk.close(), bulk.close()]);
    });
  },
  { name: "database" },
);
