import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";

/** A table that an import has filled, and a file of its rows in the text format of COPY. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly file: string;
  readonly rows: number;
}

/**
 * What one database holds more than another, table by table, in an order in which foreign keys find what they refer to.
 *
 * @param folder where the files are written
 */
export async function copiedOut(grown: pg.Pool, base: pg.Pool, folder: string): Promise<CopiedTable[]> {
  const counts = new Map<string, number>();
  for (const name of await tablesOf(grown)) {
    const [rows, before] = await Promise.all([countOf(grown, name), countOf(base, name)]);
    // Where there were rows before, they are none of the file's: all but members, of whom those who came by it are known.
    if (rows > before && (before === 0 || name === "member") && name !== "session") counts.set(name, rows);
  }
  const tables: CopiedTable[] = [];
  for (const name of await inOrder(grown, [...counts.keys()])) {
    const columns = await columnsOf(grown, name);
    const file = join(folder, `${name}.copy`);
    const listed = columns.map((column) => `"${column}"`).join(", ");
    // Of members there are some already: those who did not come by the file.
    const source =
      name === "member" ? `(SELECT ${listed} FROM member WHERE kind = 'imported')` : `"${name}" (${listed})`;
    const client = await grown.connect();
    try {
      await pipeline(client.query(copyTo(`COPY ${source} TO STDOUT`)), createWriteStream(file));
    } finally {
      client.release();
    }
    tables.push({ name, columns, file, rows: counts.get(name) ?? 0 });
  }
  return tables;
}

/**
 * Copies the files into the same tables, with their keys, indexes and triggers, in one transaction. What the triggers of
 * one table have filled is left out.
 *
 * @returns seconds
 */
export async function copiedIn(database: pg.Pool, tables: readonly CopiedTable[]): Promise<number> {
  const client = await database.connect();
  const from = performance.now();
  try {
    await client.query("BEGIN");
    for (const { name, columns, file, rows } of tables) {
      if (await isFilled(client, name, rows)) continue;
      const listed = columns.map((column) => `"${column}"`).join(", ");
      await pipeline(createReadStream(file), client.query(copyFrom(`COPY "${name}" (${listed}) FROM STDIN`)));
    }
    await client.query("COMMIT");
    return (performance.now() - from) / 1_000;
  } finally {
    client.release();
  }
}

async function isFilled(client: pg.PoolClient, name: string, rows: number): Promise<boolean> {
  if (name === "member") return false;
  const { rows: found } = await client.query<{ there: boolean }>(
    `SELECT EXISTS (SELECT FROM "${name}" OFFSET ${rows - 1}) AS there`,
  );
  return found[0]?.there ?? false;
}

async function tablesOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE '\\_%'",
  );
  return rows.map(({ name }) => name);
}

/** Parents before children. */
async function inOrder(pool: pg.Pool, names: readonly string[]): Promise<string[]> {
  const { rows: keys } = await pool.query<{ child: string; parent: string }>(
    `SELECT DISTINCT child.relname AS child, parent.relname AS parent FROM pg_constraint
     JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
     WHERE contype = 'f' AND conrelid <> confrelid`,
  );
  const left = new Set(names);
  const order: string[] = [];
  while (left.size > 0) {
    const free = [...left].filter((name) => !keys.some(({ child, parent }) => child === name && left.has(parent)));
    if (free.length === 0) throw new Error(`${[...left].join(", ")} refer to each other`);
    for (const name of free) left.delete(name);
    order.push(...free);
  }
  return order;
}

async function columnsOf(pool: pg.Pool, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [`"${table}"`],
  );
  return rows.map(({ name }) => name);
}

async function countOf(pool: pg.Pool, table: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${table}"`);
  return rows[0]?.count ?? 0;
}
