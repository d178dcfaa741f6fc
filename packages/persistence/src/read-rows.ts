import { type Database, driverOf } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

/**
 * The rows of a statement straight from the driver, for what reads millions: of what an export costs, Prisma's own view of
 * each value is a quarter. Numbers of eight bytes come as texts, unlike Prisma's.
 *
 * @param name under which each connection plans it once; only of a statement whose words are always the same
 */
export async function readRows<Row extends object>(
  db: Database,
  { text, values }: Prisma.Sql,
  name?: string,
): Promise<Row[]> {
  return (await driverOf(db).query<Row>({ text, values, ...(name === undefined ? {} : { name }) })).rows;
}
