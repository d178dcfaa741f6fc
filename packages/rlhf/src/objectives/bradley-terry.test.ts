import type { Tensor } from "@tensorflow/tfjs";
import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { bradleyTerry, bradleyTerryGradient } from "./bradley-terry.ts";
import { softPreferenceLoss } from "./soft-preference.ts";

const { tf } = await openEngine();

test("a difference of 0.9 costs 0.341154 nats and pulls with −0.289050", () => {
  expect(bradleyTerry(0.9)).toBeCloseTo(0.341154, 6);
  expect(bradleyTerryGradient(0.9)).toBeCloseTo(-0.28905, 6);
});

test("a margin of 1/3 raises the same difference to 0.449427 and −0.362006", () => {
  expect(bradleyTerry(0.9, 1 / 3)).toBeCloseTo(0.449427, 6);
  expect(bradleyTerryGradient(0.9, 1 / 3)).toBeCloseTo(-0.362006, 6);
});

test("the trainer's tensor loss and its gradient equal the scalar ones, far tails included", () => {
  const chosen = [1.2, -0.4, 3, 0.1, -60];
  const rejected = [0.3, 0.5, -2, 0.1, 60];
  const weights = [1, 0.5, 2, 1, 0.25];
  const total = weights.reduce((a, b) => a + b);
  const difference = (i: number) => (chosen[i] ?? Number.NaN) - (rejected[i] ?? Number.NaN);
  const loss = (rw: Tensor) =>
    softPreferenceLoss(tf, rw.as1D(), tf.tensor1d(rejected), tf.ones([5]), tf.tensor1d(weights));
  const expected = weights.reduce((sum, weight, i) => sum + (weight * bradleyTerry(difference(i))) / total, 0);
  expect(loss(tf.tensor1d(chosen)).dataSync()[0]).toBeCloseTo(expected, 4);
  const gradient = tf.grad(loss)(tf.tensor1d(chosen)).dataSync();
  weights.forEach((weight, i) => {
    expect(gradient[i]).toBeCloseTo((weight * bradleyTerryGradient(difference(i))) / total, 5);
  });
});
