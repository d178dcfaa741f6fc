import { openEngine } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { bradleyTerry } from "./bradley-terry.ts";
import { centralDifferences } from "./finite-difference.fixture.ts";
import { sigmoid } from "./logistic.ts";
import {
  beyondAnyScore,
  decidedLogOdds,
  gapsFromCounts,
  orderedLogit,
  orderedLogitLoss,
  symmetricThresholds,
} from "./ordered-logit.ts";
import { raoKupper } from "./ties.ts";

const { tf } = await openEngine();

const thresholds = symmetricThresholds([Math.log(0.5), Math.log(1), Math.log(1.5)]); // ±.5, ±1.5, ±3
const open = [-beyondAnyScore, ...thresholds, beyondAnyScore];
const lossOf = (d: number, answer: number, of = open) =>
  orderedLogitLoss(
    tf,
    tf.tensor1d([d]),
    tf.tensor1d([of[answer] ?? 0]),
    tf.tensor1d([of[answer + 1] ?? 0]),
  ).dataSync()[0] ?? Number.NaN;

test("at d = .9 each step has the difference of two sigmoids, in closed form, and all seven sum to 1", () => {
  expect(thresholds.map((value) => Number(value.toFixed(9)))).toEqual([-3, -1.5, -0.5, 0.5, 1.5, 3]);
  const probabilities = orderedLogit(0.9, thresholds);
  expect(probabilities[0]).toBeCloseTo(1 / (1 + Math.exp(3.9)), 9);
  expect(probabilities[3]).toBeCloseTo(sigmoid(-0.4) - sigmoid(-1.4), 9);
  expect(probabilities[6]).toBeCloseTo(1 / (1 + Math.exp(2.1)), 9);
  expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
});

test("the loss is minus the logarithm of that probability, and stays finite where it vanishes", () => {
  for (const [answer, probability] of orderedLogit(0.9, thresholds).entries()) {
    expect(lossOf(0.9, answer)).toBeCloseTo(-Math.log(probability), 4);
  }
  expect(lossOf(60, 0)).toBeCloseTo(63, 3);
  expect(lossOf(-60, 6)).toBeCloseTo(63, 3);
});

test("with two answers it is Bradley–Terry, with three Rao–Kupper at θ = e^t", () => {
  expect(lossOf(0.9, 1, [-beyondAnyScore, 0, beyondAnyScore])).toBeCloseTo(bradleyTerry(0.9), 5);
  const { win, tie, loss } = raoKupper(1, 1.5);
  const three = orderedLogit(1, [-Math.log(1.5), Math.log(1.5)]);
  for (const [index, value] of [loss, tie, win].entries()) expect(three[index]).toBeCloseTo(value, 12);
  expect(decidedLogOdds(1, [-Math.log(1.5), Math.log(1.5)])).toBeCloseTo(Math.log(win / loss), 9);
});

test("gradients for the difference and for both thresholds agree with finite differences", () => {
  const at = [0.7, -0.4, 1.1];
  const f = (values: readonly number[]) => {
    const [d = 0, lower = 0, upper = 0] = values;
    return -Math.log(sigmoid(upper - d) - sigmoid(lower - d));
  };
  const gradients = tf.grads((d, lower, upper) => orderedLogitLoss(tf, d.as1D(), lower.as1D(), upper.as1D()))(
    at.map((value) => tf.tensor1d([value])),
  );
  const expected = centralDifferences(f, at, 1e-4);
  for (const [i, gradient] of gradients.entries()) {
    expect(gradient.dataSync()[0]).toBeCloseTo(expected[i] ?? 9, 4);
  }
});

describe("where fitting begins", () => {
  test("at d = 0 the thresholds give back the shares that were counted", () => {
    const gaps = gapsFromCounts([200, 400, 300, 100]);
    const probabilities = orderedLogit(0, symmetricThresholds(gaps));
    expect(probabilities[3]).toBeCloseTo(0.2, 2);
    expect((probabilities[4] ?? 0) + (probabilities[2] ?? 0)).toBeCloseTo(0.4, 2);
    expect((probabilities[6] ?? 0) + (probabilities[0] ?? 0)).toBeCloseTo(0.1, 2);
  });

  test("a step that never occurred still has a place", () => {
    for (const gap of gapsFromCounts([0, 0, 50, 0])) expect(Number.isFinite(gap)).toBe(true);
  });
});
