import type { Database } from "../client.ts";
import type { Prisma } from "../generated/client.ts";

/**
 * What few are found by was looked up before, so what is left is to walk tasks in their order and to look the rest up at
 * each: the planner is kept to that, also where it knows nothing yet of a project that was imported a moment ago.
 */
export async function byIndex<Row>(db: Database, statement: Prisma.Sql): Promise<Row[]> {
  const [, rows] = await db.$transaction([
    db.$queryRaw`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`,
    db.$queryRaw<Row[]>(statement),
  ]);
  return rows;
}
