import type { Database } from "../client.ts";

/**
 * How many judgements of a frozen label set are left out now. It keeps them: what a model has learned from stays known, and
 * its hash stays what it was. Found from what is left out, which is little beside a set of millions.
 */
export async function countLeftOutOf(db: Pick<Database, "$queryRaw">, labelSetId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM label_set s
    JOIN left_out_judgement o ON o.project_id = s.project_id
    JOIN label_set_item i ON i.label_set_id = s.id AND i.judgement_id = o.id
    WHERE s.id = ${labelSetId}::uuid`;
  return row?.count ?? 0;
}
