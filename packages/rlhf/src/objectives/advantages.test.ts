import { expect, test } from "vitest";
import { drGrpoAdvantages, grpoAdvantages, inGroups, penalisedReward, rlooAdvantages, whitened } from "./advantages.ts";

const rewards = [1, 0, 0, 1];
const signs = [1, -1, -1, 1];
const closeTo = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6);
  });
};

test("rewards [1,0,0,1]: RLOO ±.666667, GRPO ±.865875, Dr. GRPO ±.5", () => {
  closeTo(
    rlooAdvantages(rewards),
    signs.map((s) => s * (2 / 3)),
  );
  closeTo(
    grpoAdvantages(rewards),
    signs.map((s) => s * 0.865875),
  );
  closeTo(
    drGrpoAdvantages(rewards),
    signs.map((s) => s * 0.5),
  );
});

test("equal rewards carry no signal under any of them", () => {
  for (const advantages of [rlooAdvantages, grpoAdvantages, drGrpoAdvantages])
    closeTo(advantages([2, 2, 2]), [0, 0, 0]);
});

test("groups never see each other's rewards", () => {
  closeTo(inGroups(rlooAdvantages, [1, 0, 10, 30], 2), [1, -1, -20, 20]);
});

test("one answer has no leave-one-out baseline, and a ragged batch is refused", () => {
  expect(() => rlooAdvantages([1])).toThrow(RangeError);
  expect(() => inGroups(rlooAdvantages, [1, 2, 3], 2)).toThrow(RangeError);
});

test("the penalised reward subtracts β times the summed log-ratio", () => {
  expect(penalisedReward(1, [-0.1, -0.2], [-0.4, -0.9], 0.05)).toBeCloseTo(1 - 0.05 * 1, 9);
});

test("whitened, a batch has mean 0 and deviation 1; equal values say nothing", () => {
  closeTo(
    whitened([1, 2, 3, 6]),
    [-2, -1, 0, 3].map((x) => x / Math.sqrt(14 / 4)),
  );
  closeTo(whitened([4, 4]), [0, 0]);
});
