import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { bradleyTerry, bradleyTerryGradient, bradleyTerryLoss, preferenceMargin } from "./bradley-terry.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test("a difference of 0.9 costs 0.341154 nats and pulls with −0.289050", () => {
  expect(bradleyTerry(0.9)).toBeCloseTo(0.341154, 6);
  expect(bradleyTerryGradient(0.9)).toBeCloseTo(-0.28905, 6);
});

test("a margin of 1/3 raises the same difference to 0.449427 and −0.362006", () => {
  expect(bradleyTerry(0.9, 1 / 3)).toBeCloseTo(0.449427, 6);
  expect(bradleyTerryGradient(0.9, 1 / 3)).toBeCloseTo(-0.362006, 6);
});

test("margins follow the strength of preference: 1, 2/3, 1/3, 0", () => {
  expect([3, -2, 1, 0].map(preferenceMargin)).toEqual([1, 2 / 3, 1 / 3, 0]);
});

const chosen = [1.2, -0.4, 3, 0.1, -60];
const rejected = [0.3, 0.5, -2, 0.1, 60];

test("the tensor loss and its gradient equal the scalar ones, far tails included", () => {
  const margins = [0, 1 / 3, 1, 2 / 3, 0];
  const weights = [1, 0.5, 2, 1, 0.25];
  const total = weights.reduce((a, b) => a + b);
  const at = (values: readonly number[], i: number) => values[i] ?? Number.NaN;
  const loss = (rw: tf.Tensor1D) =>
    bradleyTerryLoss(tf, rw, tf.tensor1d(rejected), { margin: tf.tensor1d(margins), weights: tf.tensor1d(weights) });
  const expected = weights.reduce(
    (sum, weight, i) => sum + (weight * bradleyTerry(at(chosen, i) - at(rejected, i), at(margins, i))) / total,
    0,
  );
  expect(loss(tf.tensor1d(chosen)).dataSync()[0]).toBeCloseTo(expected, 4);
  const gradient = tf
    .grad((rw) => loss(rw.as1D()))(tf.tensor1d(chosen))
    .dataSync();
  weights.forEach((weight, i) => {
    const scalar = bradleyTerryGradient(at(chosen, i) - at(rejected, i), at(margins, i));
    expect(gradient[i]).toBeCloseTo((weight * scalar) / total, 5);
  });
});

test("a tie costs half a win each way, ignores the margin and pulls the scores together", () => {
  const options = { margin: tf.tensor1d([1, 1]), tieMask: tf.tensor1d([1, 0]) };
  const loss = (rw: tf.Tensor) => bradleyTerryLoss(tf, rw.as1D(), tf.tensor1d([0, 0]), options);
  const expected = (0.5 * (bradleyTerry(0.9) + bradleyTerry(-0.9)) + bradleyTerry(0.9, 1)) / 2;
  expect(loss(tf.tensor1d([0.9, 0.9])).dataSync()[0]).toBeCloseTo(expected, 5);
  expect(
    tf
      .grad(loss)(tf.tensor1d([0.9, 0.9]))
      .dataSync()[0],
  ).toBeGreaterThan(0);
  expect(
    tf
      .grad(loss)(tf.tensor1d([0, 0]))
      .dataSync()[0],
  ).toBeCloseTo(0, 6);
});

test("weights that sum to nothing give a loss of 0, not NaN", () => {
  const loss = bradleyTerryLoss(tf, tf.tensor1d([1]), tf.tensor1d([0]), { weights: tf.tensor1d([0]) });
  expect(loss.dataSync()[0]).toBe(0);
});
