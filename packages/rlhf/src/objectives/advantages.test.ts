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

test("GRPO: where all scores are equal the sampled KL alone is no signal, and all advantages are 0", () => {
  const [scores, kl] = [
    [0.17763, 0.17763, 0.17763, 0.17763],
    [0, 1e-7, -2e-7, 3e-7],
  ];
  const rewards = scores.map((score, index) => score - 0.05 * (kl[index] ?? 0));
  expect(grpoAdvantages(rewards, scores)).toEqual([0, 0, 0, 0]);
  expect(inGroups(grpoAdvantages, rewards, 4, scores)).toEqual([0, 0, 0, 0]);
  // One group is told apart, the other is not.
  const [first = 0, second = 0, ...others] = inGroups(grpoAdvantages, [1, 0, 0.5, 0.5 + 1e-8], 2, [1, 0, 0.5, 0.5]);
  expect(first).toBeCloseTo(Math.SQRT1_2, 3);
  expect(second).toBe(-first);
  expect(others).toEqual([0, 0]);
});
