import { piecesOf } from "../model/answer-rows.ts";
import type { Team } from "./team.ts";

/**
 * Runs a computation over a list in pieces of at most `size`, which bounds memory, each thread of the team a share of them.
 * @param compute one result an item of the piece
 * @returns one result an item, in the list's order
 */
export async function inPieces<Item, Result>(
  team: Team,
  items: readonly Item[],
  size: number,
  compute: (piece: readonly Item[]) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const pieces = piecesOf(items, Math.min(size, Math.max(1, Math.ceil(items.length / team.size))));
  const own: (readonly Result[])[] = [];
  for (const piece of ownOf(team, pieces)) own.push(await compute(piece));
  const all = await team.gather(own);
  return pieces.flatMap((_, index) => all[index % team.size]?.[Math.floor(index / team.size)] ?? []);
}

/** This thread's share of a list that all have: every `size`-th one. */
export function ownOf<T>({ rank, size }: Team, items: readonly T[]): T[] {
  return items.filter((_, index) => index % size === rank);
}
