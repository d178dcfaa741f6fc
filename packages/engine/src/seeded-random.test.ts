import { describe, expect, test } from "vitest";
import { restoreRandom, seededRandom } from "./seeded-random.ts";

describe("seededRandom", () => {
  test("gives the words of the published xoshiro128** 1.1", () => {
    // From state 1, 2, 3, 4 the authors' C code gives 11520, 0, 5927040, 70819200: below 2³², `int` returns a word whole.
    const random = restoreRandom({ algorithm: "xoshiro128**", seed: "", words: [1, 2, 3, 4], spareNormal: null });
    expect(Array.from({ length: 4 }, () => random.int(2 ** 32))).toEqual([11520, 0, 5927040, 70819200]);
  });

  test("equal seeds give equal sequences on every machine, different seeds different ones", () => {
    const draw = (seed: number | string) => {
      const random = seededRandom(seed);
      return Array.from({ length: 3 }, () => random.int(1_000_000));
    };
    expect(draw(1)).toEqual(draw("1"));
    expect(draw(1)).not.toEqual(draw(2));
  });

  test("goes on after its state was saved as JSON, in the middle of a pair of normals too", () => {
    const random = seededRandom("resume");
    random.normal();
    const resumed = restoreRandom(JSON.parse(JSON.stringify(random.state())));
    const draws = (from: typeof random) => [
      from.normal(),
      from.uniform(),
      from.int(10),
      ...from.shuffle([1, 2, 3, 4, 5]),
    ];
    expect(draws(resumed)).toEqual(draws(random));
  });

  test("a fork depends on seed and name only, not on what was drawn before", () => {
    const fresh = seededRandom(5);
    const used = seededRandom(5);
    used.uniform();
    expect(used.fork("dropout").uniform()).toBe(fresh.fork("dropout").uniform());
    expect(fresh.fork("dropout").uniform()).not.toBe(fresh.fork("sampling").uniform());
  });

  test("a fork's fork survives a restore of its parent", () => {
    const random = seededRandom(5).fork("a");
    expect(restoreRandom(random.state()).fork("b").uniform()).toBe(random.fork("b").uniform());
  });

  test("uniform lies in [0, 1) with mean ½ and variance 1/12; normal has mean 0 and variance 1", () => {
    const random = seededRandom(9);
    const moments = (draw: () => number) => {
      const values = Array.from({ length: 40_000 }, draw);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length, values };
    };
    const uniform = moments(random.uniform);
    expect(uniform.values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(uniform.mean).toBeCloseTo(0.5, 2);
    expect(uniform.variance).toBeCloseTo(1 / 12, 2);
    const normal = moments(() => random.normal());
    expect(Math.abs(normal.mean)).toBeLessThan(0.02);
    expect(Math.abs(normal.variance - 1)).toBeLessThan(0.03);
  });

  test("int favours no value", () => {
    const random = seededRandom(11);
    const tally = new Map<number, number>();
    for (let draw = 0; draw < 70_000; draw++) {
      const value = random.int(7);
      tally.set(value, (tally.get(value) ?? 0) + 1);
    }
    expect(tally.size).toBe(7);
    // χ² with 6 degrees of freedom exceeds 22.5 once in a thousand.
    const chiSquare = [...tally.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.5);
  });

  test("shuffle keeps the items and leaves its argument alone; every order of three comes up", () => {
    const random = seededRandom(13);
    const items = ["a", "b", "c"];
    const seen = new Set(Array.from({ length: 200 }, () => random.shuffle(items).join("")));
    expect(items).toEqual(["a", "b", "c"]);
    expect([...seen].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
  });

  test.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])("int(%d) is refused", (end) => {
    expect(() => seededRandom(1).int(end)).toThrow(RangeError);
  });

  test("a damaged state is refused", () => {
    const state = seededRandom(1).state();
    expect(() => restoreRandom({ ...state, words: [0, 0, 0, 0] })).toThrow(RangeError);
    expect(() => restoreRandom({ ...state, words: [1, 2, 3, -4] })).toThrow(RangeError);
  });
});
