import { expect, test } from "vitest";
import { exampleOrder, stepsOf } from "./example-order.ts";
import { learningRateAt } from "./schedule.ts";

const schedule = { learningRate: 2, warmup: 0.1, finalLearningRate: 0.1 };

test("the rate climbs in a line, peaks after warm-up and ends at its share of the peak", () => {
  expect([1, 5, 10].map((step) => learningRateAt(schedule, step, 100))).toEqual([0.2, 1, 2]);
  expect(learningRateAt(schedule, 55, 100)).toBeCloseTo(2 * (0.1 + 0.9 * 0.5), 9); // half-way down the cosine
  expect(learningRateAt(schedule, 100, 100)).toBeCloseTo(0.2, 9);
});

test("without warm-up the first step is already near the peak, and a single step has a rate", () => {
  expect(learningRateAt({ ...schedule, warmup: 0 }, 1, 1_000)).toBeCloseTo(2, 4);
  expect(learningRateAt({ ...schedule, warmup: 0 }, 1, 1)).toBeGreaterThan(0);
});

test("an epoch reads every example once, the next in another order, across step borders", () => {
  const order = exampleOrder(10, 4, 1);
  const read = [1, 2, 3, 4, 5].flatMap((step) => order.at(step));
  const all = Array.from({ length: 10 }, (_, index) => index);
  expect(read.slice(0, 10).sort((a, b) => a - b)).toEqual(all);
  expect(read.slice(10).sort((a, b) => a - b)).toEqual(all);
  expect(read.slice(10)).not.toEqual(read.slice(0, 10));
});

test("what a step reads depends on seed and step only, not on what was asked before", () => {
  const walked = exampleOrder(10, 4, 1);
  for (const step of [1, 2, 3, 4, 5, 6]) walked.at(step);
  expect(exampleOrder(10, 4, 1).at(3)).toEqual(walked.at(3));
  expect(exampleOrder(10, 4, 2).at(3)).not.toEqual(walked.at(3));
});

test("epochs become steps, rounded up, at least one", () => {
  expect([stepsOf(1, 10, 4), stepsOf(2, 10, 4), stepsOf(0.01, 10, 4)]).toEqual([3, 5, 1]);
});
