import { z } from "zod";
import type { Database } from "../client.ts";
import { again } from "./again.ts";

const Row = z.object({ expired: z.number() });
/** Leases a statement ends: few enough that nobody waits long for their tasks. */
const limit = 500;

/**
 * Ends leases whose time is up by the database's clock and opens their tasks again. A timer calls it for all projects;
 * a claim that finds nothing calls it for its own.
 * @returns how many were ended.
 */
export async function expireLeases(db: Database, projectId: string | null = null): Promise<number> {
  let total = 0;
  for (;;) {
    const rows = await again(
      () => db.$queryRaw<unknown[]>`SELECT expire_leases(${projectId}::uuid, ${limit}::int) AS expired`,
    );
    const { expired } = Row.parse(rows[0]);
    total += expired;
    if (expired < limit) return total;
  }
}
