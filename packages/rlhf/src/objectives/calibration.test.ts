import { expect, test } from "vitest";
import { pairwiseCalibration } from "./calibration.ts";

const logit = (p: number) => Math.log(p / (1 - p));
const repeat = (n: number, value: number) => Array.from({ length: n }, () => value);

test("a model that says 80 % and is right 8 times in 10 has no calibration error", () => {
  const d = logit(0.8);
  const report = pairwiseCalibration([...repeat(8, d), ...repeat(2, -d)]);
  expect(report.accuracy).toBeCloseTo(0.8, 12);
  expect(report.ece).toBeCloseTo(0, 12);
  expect(report.logLoss).toBeCloseTo(-(0.8 * Math.log(0.8) + 0.2 * Math.log(0.2)), 12);
});

test("one that says 95 % and is right 6 times in 10 is off by .35", () => {
  const d = logit(0.95);
  expect(pairwiseCalibration([...repeat(6, d), ...repeat(4, -d)]).ece).toBeCloseTo(0.35, 12);
});

test("bins are weighted by what fell into them", () => {
  const sure = logit(0.9);
  const unsure = logit(0.6);
  const report = pairwiseCalibration([...repeat(3, sure), -unsure]);
  expect(report.bins).toHaveLength(2);
  expect(report.ece).toBeCloseTo(0.75 * 0.1 + 0.25 * 0.6, 12);
});

test("equal scores count one half, and nothing to judge is an error", () => {
  expect(pairwiseCalibration([0, 0]).accuracy).toBe(0.5);
  expect(() => pairwiseCalibration([])).toThrow(RangeError);
});
