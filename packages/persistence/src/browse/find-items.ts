import type { ItemFilter } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { byIndex } from "./by-index.ts";
import { partsOf } from "./compared.ts";
import { type FoundBy, foundBy } from "./item-filter.ts";

/** Answers are compared of so many items at a time, newest first, until a page is full or `mostComparedAtOnce` were. */
const comparedAtATime = 500;
/** A few hundredths of a second of Postgres and as much of the thread; whoever wants to look further asks again. */
const mostComparedAtOnce = 2_000;

export interface Found {
  readonly ids: string[];
  /** Where the next page goes on; null where there is nothing more. */
  readonly next: string | null;
  /** How many were looked at, where answers had to be compared. */
  readonly lookedAt: number | null;
}

/**
 * The ids of a page of items, newest first. Of a filter that compares answers a page may hold fewer, even none, and go on all the
 * same: then as many were compared as one request may.
 */
export async function findItems(
  db: Database,
  projectId: string,
  asked: ItemFilter,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Found> {
  const { filter, comparing } = partsOf(asked);
  const found = await foundBy(db, projectId, filter);
  if (comparing === null) {
    const ids = await idsAfter(db, found, cursor, limit + 1);
    return { ids: ids.slice(0, limit), next: ids.length > limit ? (ids[limit - 1] ?? null) : null, lookedAt: null };
  }
  const kept: string[] = [];
  let after = cursor;
  let lookedAt = 0;
  while (lookedAt < mostComparedAtOnce) {
    const ids = await idsAfter(db, found, after, comparedAtATime);
    const fitting = await comparing(db, ids);
    for (const id of ids) {
      lookedAt += 1;
      after = id;
      if (fitting.has(id)) kept.push(id);
      if (kept.length === limit) return { ids: kept, next: id, lookedAt };
    }
    if (ids.length < comparedAtATime) return { ids: kept, next: null, lookedAt };
  }
  return { ids: kept, next: after ?? null, lookedAt };
}

/** How many items there are, up to a bound. */
export async function countFound(db: Database, { condition }: FoundBy, bound: number): Promise<number> {
  const [row] = await byIndex<{ count: number }>(
    db,
    Prisma.sql`SELECT count(*)::int AS count FROM (
      SELECT FROM task_document d WHERE ${condition} LIMIT ${bound}::int) AS found`,
  );
  return row?.count ?? 0;
}

/** The next ids before this one, newest first: ids are version 7, so their order is that of time. */
export async function idsAfter(db: Database, { condition }: FoundBy, cursor: string | undefined, limit: number) {
  const before = cursor === undefined ? Prisma.empty : Prisma.sql`AND d.task_id < ${cursor}::uuid`;
  const rows = await byIndex<{ id: string }>(
    db,
    Prisma.sql`SELECT d.task_id AS id FROM task_document d WHERE ${condition} ${before}
      ORDER BY d.task_id DESC LIMIT ${limit}::int`,
  );
  return rows.map(({ id }) => id);
}
