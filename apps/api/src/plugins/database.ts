import {
  type Database,
  type DatabaseOptions,
  type OpenDatabase,
  openDatabase,
  watchForHangs,
} from "@touchstone/persistence";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

declare module "fastify" {
  interface FastifyInstance {
    database: Database;
    /** The same connections, for statements that Prisma has no words for. */
    databasePool: OpenDatabase["pool"];
    /** Connections of their own for imports, which may take long. They can't take those of the desk. */
    bulk: Pick<OpenDatabase, "pool">;
  }
}

/** Nobody at a page waits longer than this for one statement, or for a row that somebody else holds. */
const ofDesk = { statementTimeoutMs: 30_000, lockTimeoutMs: 10_000 };
/** The largest file that is taken stays well below this; behind it may wait another import of the same project. */
const ofBulk = { statementTimeoutMs: 30 * 60_000, lockTimeoutMs: 120_000 };
/** Of all connections; a judgement needs one for milliseconds, an import or the freezing of an export for minutes. */
const shares = { imports: 0.2, reading: 0.25 };

/** How many connections each may have, and how long a statement there may take. */
export function limitsOf({ databaseConnections }: Pick<Environment, "databaseConnections">): {
  readonly desk: DatabaseOptions;
  readonly imports: DatabaseOptions;
  readonly reading: DatabaseOptions;
} {
  const imports = Math.max(1, Math.floor(databaseConnections * shares.imports));
  const reading = Math.max(1, Math.floor(databaseConnections * shares.reading));
  return {
    desk: { ...ofDesk, connections: databaseConnections - imports - reading },
    imports: { ...ofBulk, connections: imports },
    reading: { ...ofBulk, connections: reading },
  };
}

/** Starts without Postgres too: requests answer 503 until it is there, and the process outlives its loss. */
export const database = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    const onConnectionLost = (error: Error) => app.log.warn({ err: error }, "a database connection was lost");
    const open = (limits: DatabaseOptions) => openDatabase(environment.databaseUrl, { onConnectionLost, ...limits });
    const limits = limitsOf(environment);
    const desk = open(limits.desk);
    const bulk = open(limits.imports);
    app.decorate("database", desk.db);
    app.decorate("databasePool", desk.pool);
    app.decorate("bulk", { pool: bulk.pool });
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
