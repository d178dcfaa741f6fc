import type pg from "pg";

/**
 * One transaction on a connection of its own, for what Prisma has no words for: COPY, temporary tables, long statements.
 *
 * A connection that is lost tells so twice: the statement under way rejects, and the client emits `error`, which without a
 * listener ends the process. Here only this work fails. A connection that failed is not used again.
 */
export async function clientTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const heard = () => undefined;
  client.on("error", heard);
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    client.off("error", heard);
    client.release();
    return result;
  } catch (error) {
    // The listener stays: a connection that is being closed may still fail.
    await client.query("ROLLBACK").catch(() => undefined);
    client.release(true);
    throw error;
  }
}
