import type pg from "pg";
import { quoted } from "../backup/tables.ts";

/**
 * Inserts copies of a table's rows, whatever columns it has: all stays but what `changes` says.
 *
 * @param which what follows the table, whose rows are called `r`: further tables and a condition.
 * @param changes SQL of a JSON object with the columns that differ.
 */
export async function copy(
  client: pg.PoolClient,
  table: string,
  { joined = "", where = "true" }: { readonly joined?: string; readonly where?: string },
  changes: string,
  values: unknown[],
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname::text AS name FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [quoted(table)],
  );
  const names = rows.map(({ name }) => quoted(name));
  const made = names.map((name) => `made.${name}`).join(", ");
  await client.query(
    `INSERT INTO ${quoted(table)} (${names.join(", ")}) SELECT ${made} FROM ${quoted(table)} r ${joined}
     CROSS JOIN LATERAL jsonb_populate_record(r, ${changes}) made WHERE ${where}`,
    values,
  );
}
