import type { Database } from "../client.ts";

/** How many judgements of a frozen label set were deleted since: its hash and its count are still of all of them. */
export async function countDeletedOf(db: Pick<Database, "labelSetTombstone">, labelSetId: string): Promise<number> {
  return db.labelSetTombstone.count({ where: { labelSetId } });
}
