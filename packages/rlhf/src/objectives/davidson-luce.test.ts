import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { choicesOf, davidsonLuce, davidsonLuceLoss } from "./davidson-luce.ts";
import { centralDifferences } from "./finite-difference.fixture.ts";
import { plackettLuce } from "./plackett-luce.ts";
import { davidson } from "./ties.ts";

const { tf } = await openEngine();

/** Indices of groups of these sizes, best first. */
function grouped(sizes: readonly number[], from = 0): number[][] {
  let next = from;
  return sizes.map((size) => Array.from({ length: size }, () => next++));
}
const lossOf = (scores: readonly number[], sizes: readonly number[], delta: readonly number[]) =>
  davidsonLuceLoss(tf, tf.tensor1d([...scores]), choicesOf(grouped(sizes), 1), tf.tensor1d(delta.map(Math.log)), 1);

test("without ties it is Plackett–Luce: [2,1,0] costs .720868 nats", () => {
  expect(davidsonLuce([[2], [1], [0]], [])).toBeCloseTo(0.720868, 6);
  expect(davidsonLuce([[2], [1], [0]], [])).toBeCloseTo(plackettLuce([2, 1, 0]), 12);
  expect(lossOf([2, 1, 0], [1, 1, 1], []).dataSync()[0]).toBeCloseTo(0.720868, 5);
});

test("with two answers it is Davidson: .539635 / .261844 / .198521 at d = 1, δ₂ = .8", () => {
  const { win, tie, loss } = davidson(1, 0.8);
  expect(davidsonLuce([[1], [0]], [0.8])).toBeCloseTo(-Math.log(win), 12);
  expect(davidsonLuce([[1, 0]], [0.8])).toBeCloseTo(-Math.log(tie), 12);
  expect(davidsonLuce([[0], [1]], [0.8])).toBeCloseTo(-Math.log(loss), 12);
  expect(Math.exp(-(lossOf([1, 0], [1, 1], [0.8]).dataSync()[0] ?? 0))).toBeCloseTo(0.539635, 5);
  expect(Math.exp(-(lossOf([1, 0], [2], [0.8]).dataSync()[0] ?? 0))).toBeCloseTo(0.261844, 5);
});

test("the thirteen weak orders of three answers share out all the probability", () => {
  const [a, b, c] = [1.2, -0.3, 0.4];
  const strict = [
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ].map((order) => order.map((score) => [score]));
  const singles: [number, number, number][] = [
    [a, b, c],
    [b, a, c],
    [c, a, b],
  ];
  const orders = [
    ...strict,
    ...singles.flatMap(([one, x, y]) => [
      [[one], [x, y]],
      [[x, y], [one]],
    ]),
    [[a, b, c]],
  ];
  expect(orders).toHaveLength(13);
  const total = orders.reduce((sum, groups) => sum + Math.exp(-davidsonLuce(groups, [0.7, 0.4])), 0);
  expect(total).toBeCloseTo(1, 12);
});

test("the batched form equals the one that lists every set, ties of three and all", () => {
  const delta = [0.7, 0.4];
  const [first, second] = [
    [0.5, -1, 2, 0.1, 0.3],
    [1.5, 1.4, -0.2],
  ];
  const loss = davidsonLuceLoss(
    tf,
    tf.tensor1d([...first, ...second]),
    [...choicesOf(grouped([2, 3]), 1), ...choicesOf(grouped([1, 2], 5), 0.5)],
    tf.tensor1d(delta.map(Math.log)),
    1.5,
  );
  const expected =
    davidsonLuce([first.slice(0, 2), first.slice(2)], delta) + 0.5 * davidsonLuce([[1.5], [1.4, -0.2]], delta);
  expect(loss.dataSync()[0]).toBeCloseTo(expected / 1.5, 5);
});

test("gradients for the scores and for δ agree with finite differences", () => {
  const [scores, delta] = [
    [0.5, -1, 2, 0.1],
    [0.7, 0.4],
  ];
  const logDelta = delta.map(Math.log);
  const [ofScores, ofDelta] = tf.grads((s, d) =>
    davidsonLuceLoss(tf, s.as1D(), choicesOf(grouped([1, 2, 1]), 1), d.as1D(), 1),
  )([tf.tensor1d(scores), tf.tensor1d(logDelta)]);
  const at = [...scores, ...logDelta];
  const expected = centralDifferences(
    ([a = 0, b = 0, c = 0, d = 0, two = 0, three = 0]) =>
      davidsonLuce([[a], [b, c], [d]], [Math.exp(two), Math.exp(three)]),
    at,
    1e-4,
  );
  const found = [...(ofScores?.dataSync() ?? []), ...(ofDelta?.dataSync() ?? [])];
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i] ?? 9, 4);
});

test("of a rest that was not ordered only the choices above it count: best of [2,1,0] costs .407606 nats", () => {
  const choices = choicesOf(grouped([1, 2]), 1, true);
  expect(choices).toEqual([{ chosen: [0], left: [0, 1, 2], weight: 1 }]);
  const loss = davidsonLuceLoss(tf, tf.tensor1d([2, 1, 0]), choices, tf.tensor1d([]), 1);
  expect(loss.dataSync()[0]).toBeCloseTo(Math.log(Math.exp(2) + Math.E + 1) - 2, 5);
});
