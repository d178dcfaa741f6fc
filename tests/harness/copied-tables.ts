import { buffer } from "node:stream/consumers";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";

/** Where a COPY of any table has one of these, in either case of letters: `table: line`. */
export async function foundIn(databaseUrl: string, sought: readonly string[]): Promise<string[]> {
  const wanted = sought.map((one) => one.toLowerCase());
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Bytes that are text are read as text.
    await client.query("SET bytea_output = 'escape'");
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    );
    const found: string[] = [];
    for (const { name } of tables) {
      for (const line of await copyOf(client, name)) {
        if (wanted.some((one) => line.toLowerCase().includes(one))) found.push(`${name}: ${line}`);
      }
    }
    return found;
  } finally {
    await client.end();
  }
}

/** The lines of a COPY of a table, with the columns that Postgres computes, which `COPY table` leaves out. */
async function copyOf(client: pg.Client, table: string): Promise<string[]> {
  const copied = await buffer(client.query(copyTo(`COPY (SELECT * FROM "${table}") TO STDOUT`)));
  return copied.toString("utf8").split("\n");
}
