import { describe, expect, it } from "vitest";
import { nearlyRepeated } from "./nearly-repeated.ts";
import { jaccard, mix, shinglesOf } from "./shingles.ts";

/** What comparing each with each that stands for a family finds. */
function comparedWithEach(sets: readonly Uint32Array[], threshold: number): number[] {
  const kept: Uint32Array[] = [];
  return sets.flatMap((set, number) => {
    if (kept.some((other) => jaccard(other, set) >= threshold)) return [number];
    kept.push(set);
    return [];
  });
}

describe("sets that are nearly an earlier one", () => {
  it.each([0.5, 0.7, 0.8, 0.9, 1])(
    "are found, all of them and no other, at %d, whatever their lengths",
    (threshold) => {
      const random = (seed: number, below: number) => mix(seed * 7_919 + 13) % below;
      const sets = Array.from({ length: 2_000 }, (_, index) => {
        const family = random(index, 150);
        const length = 1 + random(family + 5_000, 40);
        const words = Array.from({ length }, (__, place) => `w${random(family * 100 + place, 60)}`);
        for (let change = random(index + 9_000, 3); change > 0; change--)
          words[random(index + change * 31, length)] = `own${index}`;
        if (random(index + 77_000, 4) === 0) words.push(`tail${random(index, 9)}`);
        return shinglesOf(words.join(" "), 3);
      });
      const found = nearlyRepeated(sets, threshold);
      const expected = comparedWithEach(sets, threshold);
      expect(expected.length).toBeGreaterThan(100);
      expect(expected.length).toBeLessThan(1_900);
      expect(found.map(({ set }) => set)).toEqual(expected);
      const repeated = new Set(expected);
      for (const { set, like, similarity } of found) {
        expect(like).toBeLessThan(set);
        expect(repeated.has(like)).toBe(false);
        expect(similarity).toBe(jaccard(sets[like] ?? new Uint32Array(), sets[set] ?? new Uint32Array()));
      }
    },
  );

  it("at the very threshold are alike: four of five", () => {
    const [four, five] = [Uint32Array.of(1, 2, 3, 4), Uint32Array.of(1, 2, 3, 4, 5)];
    expect(nearlyRepeated([four, five], 0.8)).toEqual([{ set: 1, like: 0, similarity: 0.8 }]);
    expect(nearlyRepeated([five, four], 0.8)).toEqual([{ set: 1, like: 0, similarity: 0.8 }]);
    expect(nearlyRepeated([five, four], 0.81)).toEqual([]);
  });

  it("are none where 20,000 have all but one shingle in common and that is too little", () => {
    const asked = (index: number) => shinglesOf(`Why is the sky blue? Number ${index}`, 3);
    const sets = Array.from({ length: 20_000 }, (_, index) => asked(index));
    expect(jaccard(asked(1), asked(2))).toBeCloseTo(2 / 3);
    expect(nearlyRepeated(sets, 0.8)).toEqual([]);
  });
});
