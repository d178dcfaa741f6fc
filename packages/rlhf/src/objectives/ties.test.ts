import type { Tensor } from "@tensorflow/tfjs";
import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { centralDifferences } from "./finite-difference.fixture.ts";
import { sigmoid } from "./logistic.ts";
import { davidson, davidsonLoss, raoKupper, raoKupperLoss } from "./ties.ts";

const { tf } = await openEngine();

test("Davidson at d = 1, ν = .8 gives .539635 / .261844 / .198521", () => {
  const { win, tie, loss } = davidson(1, 0.8);
  expect(win).toBeCloseTo(0.539635, 6);
  expect(tie).toBeCloseTo(0.261844, 6);
  expect(loss).toBeCloseTo(0.198521, 6);
});

test("Rao–Kupper at d = 1, θ = 1.5 gives .644405 / .158645 / .196950", () => {
  const { win, tie, loss } = raoKupper(1, 1.5);
  expect(win).toBeCloseTo(0.644405, 6);
  expect(tie).toBeCloseTo(0.158645, 6);
  expect(loss).toBeCloseTo(0.19695, 6);
  expect(win + tie + loss).toBeCloseTo(1, 12);
});

test("without ties both are Bradley–Terry", () => {
  expect(davidson(0.7, 0).win).toBeCloseTo(sigmoid(0.7), 12);
  expect(raoKupper(0.7, 1).win).toBeCloseTo(sigmoid(0.7), 12);
  expect(raoKupper(0.7, 1).tie).toBe(0);
});

const outcomes = [
  [1, "win"],
  [0, "tie"],
  [-1, "loss"],
] as const;

test.each([
  ["Davidson", davidsonLoss, davidson, 0.8],
  ["Rao–Kupper", raoKupperLoss, raoKupper, 1.5],
] as const)("the loss of %s is minus the logarithm of its probability, with its gradient", (_, loss, model, at) => {
  const at1 = (value: number) => tf.tensor1d([value]);
  for (const [outcome, name] of outcomes) {
    const over = (d: Tensor, log: Tensor) => loss(tf, d.as1D(), at1(outcome), log.asScalar());
    const { value, grads } = tf.valueAndGrads(over)([at1(1), tf.scalar(Math.log(at))]);
    expect(value.dataSync()[0]).toBeCloseTo(-Math.log(model(1, at)[name]), 5);
    const numeric = centralDifferences(
      ([d = 0, log = 0]) => -Math.log(model(d, Math.exp(log))[name]),
      [1, Math.log(at)],
      1e-4,
    );
    for (const [i, gradient] of grads.entries()) expect(gradient.dataSync()[0]).toBeCloseTo(numeric[i] ?? 9, 4);
  }
});
