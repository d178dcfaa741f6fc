import pg from "pg";

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
