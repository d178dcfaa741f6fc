import { expect, test } from "vitest";
import { inPieces } from "./in-pieces.ts";
import { joinTeam, type Sleep, sharedMemory } from "./shared-team.ts";
import { byTheFirst, type Team } from "./team.ts";

/** Lets the other members of the same thread have their turn. */
const sleep: Sleep = () => new Promise((resolve) => setImmediate(resolve));

/** All members of a team at work, in one thread. */
function together<T>(size: number, work: (team: Team) => Promise<T>): Promise<T[]> {
  const memory = sharedMemory(size);
  return Promise.all(Array.from({ length: size }, (_, rank) => work(joinTeam(memory, rank, size, sleep))));
}

test("everybody sees everybody's values in the order of the ranks, also those that fill many slots", async () => {
  const told = (rank: number) => ({ rank, text: "x".repeat(rank * 4_500_000), nan: Number.NaN });
  const seen = await together(3, async (team) => [await team.gather(told(team.rank)), await team.gather("short")]);
  for (const one of seen) expect(one).toEqual([[0, 1, 2].map(told), ["short", "short", "short"]]);
});

test("sums are taken in the order of the ranks and are the same bits for all", async () => {
  const count = 2_200_001; // more than two slots
  // In float32, (1e8 + 1) − 1e8 = 0 and (1e8 − 1e8) + 1 = 1: the order decides.
  const terms = (i: number) => (i % 2 === 0 ? [1e8, -1e8, 1] : [1e8, 1, -1e8]);
  const sums = await together(3, async (team) => {
    const values = Float32Array.from({ length: count }, (_, i) => terms(i)[team.rank] ?? Number.NaN);
    // In two lists: where one ends has nothing to do with where a slot does.
    await team.sum([values.subarray(0, 1_000), values.subarray(1_000)]);
    return Buffer.from(values.buffer);
  });
  const known = Buffer.from(Float32Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : 0)).buffer);
  expect(sums.map((sum) => sum.equals(known))).toEqual([true, true, true]);
});

test("work is shared out in pieces and joined in order, whatever the sizes, none and uneven ones included", async () => {
  for (const count of [0, 1, 2, 7, 100]) {
    const items = Array.from({ length: count }, (_, i) => i);
    let largest = 0;
    const results = await together(3, (team) =>
      inPieces(team, items, 8, async (piece) => {
        largest = Math.max(largest, piece.length);
        return piece.map((item) => item * item);
      }),
    );
    for (const result of results) expect(result).toEqual(items.map((item) => item * item));
    expect(largest).toBeLessThanOrEqual(8);
  }
});

test("what only the first can do is done once and told to all", async () => {
  let done = 0;
  expect(await together(3, (team) => byTheFirst(team, () => ++done))).toEqual([1, 1, 1]);
});
