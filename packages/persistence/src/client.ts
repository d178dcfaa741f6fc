import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "./generated/client.ts";

/** Prisma's calls over one pool. Its types stay in this package; callers hold it and hand it to repositories. */
export type Database = PrismaClient;
/** What a repository gets inside `db.$transaction`. */
export type Transaction = Prisma.TransactionClient;

export interface OpenDatabase {
  db: Database;
  /** The same connections, for COPY and what else must stream. */
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections of this process at most. */
  connections?: number;
  /** How long one statement may take. Without it there is no limit, as workers need it. */
  statementTimeoutMs?: number;
  /** How long one may wait for a lock that somebody else holds. */
  lockTimeoutMs?: number;
  /**
   * How long a transaction may stand still between two statements. A process that is put to sleep in the middle of one
   * would hold its locks, and with them people's requests, for as long as it sleeps.
   */
  idleTransactionTimeoutMs?: number;
  /** Told of connections lost while idle; without a listener they would end the process. */
  onConnectionLost?: (error: Error) => void;
}

const drivers = new WeakMap<Database, pg.Pool>();

/**
 * The driver below Prisma's calls, for the few statements that every decision of every annotator runs: prepared once a
 * connection, and without what Prisma does around each.
 */
export function driverOf(db: Database): pg.Pool {
  const driver = drivers.get(db);
  if (!driver) throw new Error("this database was not opened by openDatabase");
  return driver;
}

/** How long a request waits for a connection before it is answered with 503. */
const connectTimeoutMs = 5_000;

/** Opens lazily: it succeeds while Postgres is away, and each query finds out for itself. */
export function openDatabase(url: string, options: DatabaseOptions = {}): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 20,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    ...(options.statementTimeoutMs === undefined ? {} : { statement_timeout: options.statementTimeoutMs }),
    ...(options.lockTimeoutMs === undefined ? {} : { lock_timeout: options.lockTimeoutMs }),
    ...(options.idleTransactionTimeoutMs === undefined
      ? {}
      : { idle_in_transaction_session_timeout: options.idleTransactionTimeoutMs }),
  });
  const onConnectionLost = options.onConnectionLost ?? (() => undefined);
  pool.on("error", onConnectionLost);
  const db = new PrismaClient({ adapter: new PrismaPg(pool, { onConnectionError: onConnectionLost }) });
  drivers.set(db, pool);
  return {
    db,
    pool,
    close: async () => {
      await db.$disconnect();
      await pool.end();
    },
  };
}

/** A version 7 UUID by the database's clock, so that ids made ahead of their row sort like all others. */
export async function newId(db: Database): Promise<string> {
  const [row] = await db.$queryRaw<{ id: string }[]>`SELECT uuidv7() AS id`;
  if (!row) throw new Error("Postgres answered without a row");
  return row.id;
}

/** The time by the database's clock, which all processes share: what ends somewhere must end at one moment for all of them. */
export async function databaseNow(db: Database | Transaction): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  if (!row) throw new Error("Postgres answered without a row");
  return row.now;
}
