import { openEngine } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { type KlEstimator, klDivergence, klEstimate, klEstimators } from "./kl.ts";

const { tf } = await openEngine();

const policy = [0.7, 0.3];
const reference = [0.5, 0.5];
const logRatio = (i: number) => Math.log((policy[i] ?? 0) / (reference[i] ?? 0));
const expectation = (f: (logRatio: number) => number) => policy.reduce((sum, p, i) => sum + p * f(logRatio(i)), 0);

test("KL([.7,.3] ‖ [.5,.5]) is .082283, and k1 and k3 estimate it without bias", () => {
  expect(klDivergence(policy, reference)).toBeCloseTo(0.082283, 6);
  expect(expectation(klEstimators.k1)).toBeCloseTo(0.082283, 6);
  expect(expectation(klEstimators.k3)).toBeCloseTo(0.082283, 6);
});

test("k2 is biased: its mean is .078766", () => {
  expect(expectation(klEstimators.k2)).toBeCloseTo(0.078766, 6);
});

test("an action that the policy never takes adds nothing", () => {
  expect(klDivergence([1, 0], [0.5, 0.5])).toBeCloseTo(Math.log(2), 12);
});

describe("as a differentiated on-policy loss", () => {
  const logits = tf.tensor1d(policy.map(Math.log));
  const logitGradient = (kind: KlEstimator) =>
    tf
      .grad((x) => {
        const logPi = tf.logSoftmax(x.as1D());
        // Samples are drawn from the present policy, which is no function of the logits being differentiated.
        return tf.sum(tf.mul(tf.tensor1d(policy), klEstimate(tf, kind, logPi, tf.tensor1d(reference.map(Math.log)))));
      })(logits)
      .dataSync();

  test("k1 has no expected gradient at all", () => {
    for (const component of logitGradient("k1")) expect(component).toBeCloseTo(0, 6);
  });

  test("k2 has the gradient of the reverse KL, ±.177933", () => {
    const gradient = logitGradient("k2");
    expect(gradient[0]).toBeCloseTo(0.177933, 5);
    expect(gradient[1]).toBeCloseTo(-0.177933, 5);
  });

  test("k3 has the gradient of the forward KL, ±.2", () => {
    const gradient = logitGradient("k3");
    expect(gradient[0]).toBeCloseTo(0.2, 5);
    expect(gradient[1]).toBeCloseTo(-0.2, 5);
  });
});

test("tensor estimates equal the scalar ones", () => {
  const logPi = [-0.1, -2, -5, -0.7];
  const logRef = [-0.3, -1, -5, -3];
  for (const kind of ["k1", "k2", "k3"] as const) {
    const values = klEstimate(tf, kind, tf.tensor1d(logPi), tf.tensor1d(logRef)).dataSync();
    logPi.forEach((value, i) => {
      expect(values[i]).toBeCloseTo(klEstimators[kind](value - (logRef[i] ?? 0)), 4);
    });
  }
});
