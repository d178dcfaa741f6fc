import type { Answer } from "@touchstone/contracts";
import type { Ranks } from "./ranks.ts";

/** A first sort of many answers, the best first: what is compared one by one is then only what lies together. */
export const buckets = ["good", "ok", "bad"] as const;
export type Bucket = (typeof buckets)[number];

/** From so many answers on they are sorted first: fewer can be held in mind at once. */
const leastToSort = 6;
export const isSorted = (count: number): boolean => count >= leastToSort;

/** In which bucket each answer lies by its place as shown; null where it lies in none yet. */
export type Sort = readonly (Bucket | null)[];

/** What a draft says; an answer says nothing of it, since the sort is no part of what is judged. */
export function sortOf(draft: Answer | undefined, count: number): (Bucket | null)[] {
  const said = Array.isArray(draft?.sort) ? draft.sort : [];
  return Array.from({ length: count }, (_, place) => buckets.find((bucket) => bucket === said[place]) ?? null);
}

/** A draft with other ranks; the sort stays. */
export function draftWith(draft: Answer | undefined, ranks: (number | null)[]): Answer {
  return Array.isArray(draft?.sort) ? { ranks, sort: draft.sort } : { ranks };
}

/** A name for how far somebody has come: what was said of it is said no more once it has changed. */
export const stateOf = (ranks: Ranks, sort: Sort): string => JSON.stringify([ranks, sort]);

/** Places that have no rank yet, of one bucket or of none. */
export function unrankedIn(bucket: Bucket | null, ranks: Ranks, sort: Sort): number[] {
  return sort.flatMap((had, place) => (had === bucket && ranks[place] === null ? [place] : []));
}

/** The next answer after this one that lies in no bucket and has no rank, from the first again; null where none is left. */
export function nextToSort(ranks: Ranks, sort: Sort, place: number): number | null {
  return after(unrankedIn(null, ranks, sort), place);
}

/** Where ranking begins, and where it goes on once a bucket is through: in the best one that has any left. What is unsorted comes last. */
export function firstToRank(ranks: Ranks, sort: Sort): number | null {
  return [...buckets, null].flatMap((bucket) => unrankedIn(bucket, ranks, sort))[0] ?? null;
}

/** The next answer to be ranked after this one: of its own bucket as long as that has any. */
export function nextToRank(ranks: Ranks, sort: Sort, place: number): number | null {
  return after(unrankedIn(sort[place] ?? null, ranks, sort), place) ?? firstToRank(ranks, sort);
}

/** The answers among which one goes on reading: those of one bucket once all are sorted, until then all. */
export function readTogether(sort: Sort, place: number): number[] {
  const all = sort.map((_, one) => one);
  return sort.includes(null) ? all : all.filter((one) => sort[one] === sort[place]);
}

/** The neighbour of a place in a list of places, round and round. */
export function neighbour(places: readonly number[], place: number, by: -1 | 1): number {
  const at = places.indexOf(place);
  return places[(at + by + places.length) % places.length] ?? place;
}

function after(places: readonly number[], place: number): number | null {
  return places.find((one) => one > place) ?? places[0] ?? null;
}
