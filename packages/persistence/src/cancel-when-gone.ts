import pg from "pg";
import type { Transaction } from "./client.ts";

/** Milliseconds between two tries: what a cancel meets between two statements goes on with the next. */
const againMs = 250;

/** Whoever asked for the work of a connection, and the pool that the connection is of. */
export interface Wanted {
  readonly pool: pg.Pool;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * Cancels what a backend of Postgres runs once nobody wants it, until the returned function is called; when that has
 * settled, no cancel is on its way any more. It asks by a connection of its own, for those of the pool may all be waiting.
 */
export function cancelWhenGone({ pool, signal }: Wanted, backend: number): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  let asked = Promise.resolve();
  const cancel = () => {
    asked = cancelBackend(pool, backend)
      .catch(() => undefined)
      .then(() => {
        if (!over) timer = setTimeout(cancel, againMs);
      });
  };
  if (signal.aborted) cancel();
  else signal.addEventListener("abort", cancel, { once: true });
  return () => {
    over = true;
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    return asked;
  };
}

/** Does work in a transaction; where somebody waits for it, its statement under way is cancelled once nobody does any more. */
export async function whileWanted<T>(tx: Transaction, wanted: Wanted | undefined, work: () => Promise<T>): Promise<T> {
  if (!wanted) return work();
  wanted.signal.throwIfAborted();
  const [backend] = await tx.$queryRaw<{ id: number }[]>`SELECT pg_backend_pid() AS id`;
  const settle = backend ? cancelWhenGone(wanted, backend.id) : undefined;
  try {
    return await work();
  } catch (error) {
    throw wanted.signal.aborted ? wanted.signal.reason : error;
  } finally {
    await settle?.();
  }
}

async function cancelBackend({ options }: pg.Pool, backend: number): Promise<void> {
  const { connectionString } = options;
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SELECT pg_cancel_backend($1)", [backend]);
  } finally {
    await client.end();
  }
}
