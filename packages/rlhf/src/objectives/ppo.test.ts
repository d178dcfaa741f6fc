import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { clippedValueLoss, generalisedAdvantages, ppoBatchLoss, ppoLoss } from "./ppo.ts";

const { tf } = await openEngine();
const row = (...values: number[]) => tf.tensor1d(values);
const numberOf = (scalar: Scalar) => scalar.dataSync()[0] ?? Number.NaN;
const slopes = (loss: (x: Tensor1D) => Scalar, at: Tensor1D) =>
  Array.from(
    tf
      .grad((x) => loss(x.as1D()))(at)
      .dataSync(),
  );

test("the clipped loss at (A, ratio): (1,1.5) −1.2, (1,.5) −.5, (−1,1.5) 1.5, (−1,.5) .8", () => {
  expect(ppoLoss(1, 1.5)).toBeCloseTo(-1.2, 9);
  expect(ppoLoss(1, 0.5)).toBeCloseTo(-0.5, 9);
  expect(ppoLoss(-1, 1.5)).toBeCloseTo(1.5, 9);
  expect(ppoLoss(-1, 0.5)).toBeCloseTo(0.8, 9);
});

test("GAE of r = [0,0,1], V = [.5,.4,.3], λ = .95, γ = 1 is [.43675, .565, .7], returns [.93675, .965, 1]", () => {
  const { advantages, returns } = generalisedAdvantages([0, 0, 1], [0.5, 0.4, 0.3], 1, 0.95);
  [0.43675, 0.565, 0.7].forEach((expected, t) => {
    expect(advantages[t]).toBeCloseTo(expected, 9);
  });
  [0.93675, 0.965, 1].forEach((expected, t) => {
    expect(returns[t]).toBeCloseTo(expected, 9);
  });
});

test("over a batch, the surrogate is the mean of the clipped losses, and its gradient stops where they are clipped", () => {
  const cases = [
    [1, 1.5],
    [1, 0.5],
    [-1, 1.5],
    [-1, 0.5],
  ] as const;
  const logProbs = row(...cases.map(([, ratio]) => Math.log(ratio) - 2));
  const [old, advantages] = [row(-2, -2, -2, -2), row(...cases.map(([advantage]) => advantage))];
  const loss = (x: Tensor1D) => ppoBatchLoss(tf, x, old, advantages, 0.2);
  expect(numberOf(loss(logProbs))).toBeCloseTo((-1.2 - 0.5 + 1.5 + 0.8) / 4, 6);
  const expected = [0, -0.5 / 4, 1.5 / 4, 0];
  for (const [i, slope] of slopes(loss, logProbs).entries()) expect(slope).toBeCloseTo(expected[i] ?? 9, 6);
});

test("the critic's error stops pulling once a value has moved further than the clip allows", () => {
  const loss = (x: Tensor1D) => clippedValueLoss(tf, x, row(0, 0, 0), row(1, 1, -1), 0.2);
  const values = row(0.1, 0.5, 0.5);
  expect(numberOf(loss(values))).toBeCloseTo((0.81 + 0.64 + 2.25) / 6, 6);
  // Towards its return, but past the clip: no pull. Away from it: the pull back stays.
  const expected = [-0.9 / 3, 0, 1.5 / 3];
  for (const [i, slope] of slopes(loss, values).entries()) expect(slope).toBeCloseTo(expected[i] ?? 9, 6);
});
