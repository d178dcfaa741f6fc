import type { ErasedSince } from "@touchstone/contracts";
import type { Database } from "../client.ts";

/** Of these label sets, those of which judgements were erased with whoever made them: how many, and when last. */
export async function erasedOf(
  db: Pick<Database, "labelSetTombstone">,
  labelSetIds: readonly (string | null)[],
): Promise<(labelSetId: string | null) => ErasedSince | null> {
  const ids = [...new Set(labelSetIds.filter((id) => id !== null))];
  if (ids.length === 0) return () => null;
  const rows = await db.labelSetTombstone.groupBy({
    by: ["labelSetId"],
    where: { labelSetId: { in: ids }, why: "erased" },
    _count: true,
    _max: { createdAt: true },
  });
  const found = new Map(
    rows.map(({ labelSetId, _count, _max }) => [
      labelSetId,
      { judgements: _count, at: (_max.createdAt ?? new Date(0)).toISOString() },
    ]),
  );
  return (id) => found.get(id ?? "") ?? null;
}
