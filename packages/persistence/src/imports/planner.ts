import type pg from "pg";

/** From so many rows on, Postgres is told at once what an import has done to its tables. */
const manyRows = 1_000;

/**
 * Until Postgres looks by itself, within a minute or so, it plans figures and exports as if the tables were still what they
 * were, and takes several times as long. Not within the import, whose locks would let no second one end.
 */
export async function analyzeImported(pool: pg.Pool, rows: number): Promise<void> {
  if (rows < manyRows) return;
  // The import is there, whatever becomes of this.
  await pool.query("ANALYZE prompt, completion, task, lease, judgement, task_document").catch(() => undefined);
}
