import type pg from "pg";
import { z } from "zod";
import type { AppliedMigration } from "../migrate.ts";

/** A table and what of it is copied, both quoted where they go into a statement. */
export const TableShape = z.object({
  name: z.string().min(1),
  columns: z.array(z.string().min(1)).min(1),
});
export type TableShape = z.infer<typeof TableShape>;

/** The migrator's own record: it writes it anew where a database is filled. */
const record = "_prisma_migrations";

/** Every table of the database, by name; columns in their order, without those that Postgres computes. */
export async function readTables(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> $1
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY c.relname ORDER BY c.relname COLLATE "C"`,
    [record],
  );
  return rows;
}

/** What the database says has been applied to it, in order; nothing where no migrator has been there. */
export async function readMigrationRecord(client: pg.ClientBase): Promise<AppliedMigration[]> {
  const { rows: found } = await client.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [
    `"${record}"`,
  ]);
  if (!found[0]?.there) return [];
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name AS name, checksum FROM "${record}"
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
  return rows;
}

/** Where each series of numbers stands; those that gave none yet are left out. */
export async function readSequences(client: pg.ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

/**
 * Reads a table in the order of its key and in a form that hangs on no setting, so that equal rows are equal bytes in
 * every database.
 */
export async function copyOutStatement(client: pg.ClientBase, { name, columns }: TableShape): Promise<string> {
  const { rows } = await client.query<{ column: string; collated: boolean }>(
    `SELECT a.attname::text AS column, a.attcollation <> 0 AS collated
     FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
     WHERE i.indrelid = to_regclass($1) AND i.indisprimary ORDER BY array_position(i.indkey, a.attnum)`,
    [quoted(name)],
  );
  const key = rows.map(({ column, collated }) => quoted(column) + (collated ? ' COLLATE "C"' : ""));
  const order = key.length > 0 ? key.join(", ") : `${quoted(name)}::text COLLATE "C"`;
  return `COPY (SELECT ${columns.map(quoted).join(", ")} FROM ${quoted(name)} ORDER BY ${order}) TO STDOUT`;
}

/** Settings on which the text of a value hangs, and the limits that would end a long copy. */
export const copySettings = `
SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'postgres';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL client_encoding = 'UTF8';
SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL transaction_timeout = 0`;

/** A name as it stands in a statement. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
