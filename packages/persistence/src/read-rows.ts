import { type Database, driverOf } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

/**
 * The rows of a statement straight from the driver, for what reads millions: of what an export costs, Prisma's own view of
 * each value is a quarter. Numbers of eight bytes come as texts, unlike Prisma's.
 */
export async function readRows<Row extends object>(db: Database, { text, values }: Prisma.Sql): Promise<Row[]> {
  return (await driverOf(db).query<Row>(text, values)).rows;
}
