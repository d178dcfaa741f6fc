import type pg from "pg";
import { cancelWhenGone } from "./cancel-when-gone.ts";

/**
 * One transaction on a connection of its own, for what Prisma has no words for: COPY, temporary tables, long statements.
 *
 * A connection that is lost tells so twice: the statement under way rejects, and the client emits `error`, which without a
 * listener ends the process. Here only this work fails. A connection that failed is not used again.
 *
 * Once `signal` is aborted, the statement under way is cancelled and all is rolled back.
 */
export async function clientTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const client = await pool.connect();
  const heard = () => undefined;
  client.on("error", heard);
  let settle = async () => {};
  try {
    if (signal) settle = cancelWhenGone({ pool, signal }, await backendOf(client));
    await client.query("BEGIN");
    const result = await work(client);
    await settle();
    await client.query("COMMIT");
    client.off("error", heard);
    client.release();
    return result;
  } catch (error) {
    // The listener stays: a connection that is being closed may still fail.
    await settle();
    await client.query("ROLLBACK").catch(() => undefined);
    client.release(true);
    throw signal?.aborted ? signal.reason : error;
  }
}

async function backendOf(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ id: number }>("SELECT pg_backend_pid() AS id");
  const [row] = rows;
  if (!row) throw new Error("Postgres answered without a row");
  return row.id;
}
