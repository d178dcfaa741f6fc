import type { Rank, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import { openEngine } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { expectile, expectileLoss, type IlqlBatch, ilqlLosses } from "./ilql.ts";
import { sigmoid } from "./logistic.ts";

const { tf } = await openEngine();

test("the expectile loss weighs misses above by τ and below by 1 − τ, in numbers and in tensors", () => {
  expect(expectile(2, 0.7)).toBeCloseTo(2.8, 9);
  expect(expectile(-2, 0.7)).toBeCloseTo(1.2, 9);
  const values = expectileLoss(tf, tf.tensor1d([3, 1]), tf.tensor1d([1, 3]), 0.7).dataSync();
  expect(values[0]).toBeCloseTo(2.8, 5);
  expect(values[1]).toBeCloseTo(1.2, 5);
});

/**
 * The discriminator: in s0, R ends with 0.6 and L leads to s1, whose two actions end with 1 and 0. Cloning and
 * one-step averages prefer R (0.6 > 0.5); only a value that looks to the better half of s1 prefers L.
 * One entry a step of the uniform data: (s0, L), (s0, R), (s1, left), (s1, right).
 */
const state = [0, 0, 1, 1];
const action = [0, 1, 0, 1];
const reward = [0, 0.6, 1, 0];
const continues = [1, 0, 0, 0];

/** Gradient descent on the tensor losses themselves, with tables for networks and the target head equal to the online one. */
function solve(tau: number): { q: number[]; value: number[] } {
  const q = tf.variable(tf.zeros<Rank.R2>([2, 2]));
  const value = tf.variable(tf.zeros<Rank.R1>([2]));
  const optimiser = tf.train.sgd(0.5);
  const states = tf.tensor1d(state, "int32");
  for (let step = 0; step < 400; step++) {
    optimiser.minimize(() => {
      const rows = tf.gather<Tensor2D>(q, states); // (4, 2)
      const batch: IlqlBatch = {
        q: [rows],
        targetQ: [rows],
        value: tf.gather<Tensor1D>(value, states),
        nextValue: tf.tile(tf.slice(value.as1D(), 1, 1), [4]), // only the first step goes on, to s1
        logits: tf.zeros([4, 2]),
        action: tf.tensor1d(action, "int32"),
        reward: tf.tensor1d(reward),
        continues: tf.tensor1d(continues),
        mask: tf.ones([4]),
      };
      return ilqlLosses(tf, batch, { gamma: 1, tau, cqlWeight: 0, lmWeight: 0 }).total;
    });
  }
  return { q: Array.from(q.dataSync()), value: Array.from(value.dataSync()) };
}

describe("the discriminator's fixed point", () => {
  test("τ = .5 values s1 at .5 and picks R", () => {
    const { q, value } = solve(0.5);
    expect(value[1]).toBeCloseTo(0.5, 3);
    expect(q[0]).toBeCloseTo(0.5, 3);
    expect(q[1]).toBeCloseTo(0.6, 3);
  });

  test("τ = .7 values s1 at .7, s0 at .67, and picks L with probability .599 at β = 4", () => {
    const { q, value } = solve(0.7);
    expect(value[1]).toBeCloseTo(0.7, 3);
    expect(q[0]).toBeCloseTo(0.7, 3);
    expect(value[0]).toBeCloseTo(0.67, 3);
    expect(sigmoid(4 * ((q[0] ?? 0) - (q[1] ?? 0)))).toBeCloseTo(0.599, 2);
  });
});

const options = { gamma: 0.9, tau: 0.7, cqlWeight: 0.1, lmWeight: 1 };
const fixture = (overrides: Partial<IlqlBatch> = {}): IlqlBatch => ({
  q: [tf.tensor2d([[0.2, 0.5, -1]]), tf.tensor2d([[0.1, 0.3, 0]])],
  targetQ: [tf.tensor2d([[0, 0.8, 0]]), tf.tensor2d([[0, 0.6, 0]])],
  value: tf.tensor1d([0.4]),
  nextValue: tf.tensor1d([0.5]),
  logits: tf.tensor2d([[1, 2, 3]]),
  action: tf.tensor1d([1], "int32"),
  reward: tf.tensor1d([0.1]),
  continues: tf.tensor1d([1]),
  mask: tf.tensor1d([1]),
  ...overrides,
});

test("each term equals its formula: two heads summed, the smaller target, weighted total", () => {
  const crossEntropy = (logits: number[], a: number) =>
    Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0)) - (logits[a] ?? 0);
  const losses = ilqlLosses(tf, fixture(), options);
  const goal = 0.1 + 0.9 * 0.5;
  const q = (0.5 - goal) ** 2 + (0.3 - goal) ** 2;
  const value = expectile(0.6 - 0.4, 0.7);
  const cql = crossEntropy([0.2, 0.5, -1], 1) + crossEntropy([0.1, 0.3, 0], 1);
  const lm = crossEntropy([1, 2, 3], 1);
  expect(losses.q.dataSync()[0]).toBeCloseTo(q, 5);
  expect(losses.value.dataSync()[0]).toBeCloseTo(value, 5);
  expect(losses.cql.dataSync()[0]).toBeCloseTo(cql, 5);
  expect(losses.lm.dataSync()[0]).toBeCloseTo(lm, 5);
  expect(losses.total.dataSync()[0]).toBeCloseTo(q + value + 0.1 * cql + lm, 5);
});

test("imitation weighs each token by exp(κ(Q̄ − V)), capped, and passes no gradient through the weight", () => {
  const one = fixture();
  const twice = (x: Tensor2D) => tf.concat([x, x], 0);
  const two = (targets: [number, number]) =>
    fixture({
      q: one.q.map(twice),
      targetQ: [tf.tensor2d([...targets].map((target) => [0, target, 0]))],
      value: tf.tensor1d([0.4, 0.4]),
      nextValue: tf.tensor1d([0.5, 0.5]),
      logits: tf.tensor2d([
        [1, 2, 3],
        [1, 3, 2],
      ]),
      action: tf.tensor1d([1, 1], "int32"),
      reward: tf.tensor1d([0.1, 0.1]),
      continues: tf.tensor1d([1, 1]),
      mask: tf.tensor1d([1, 1]),
    });
  const logSum = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3));
  const [first, second] = [logSum - 2, logSum - 3];
  const lm = (targets: [number, number]) =>
    ilqlLosses(tf, two(targets), { ...options, imitationSharpness: 3 }).lm.dataSync()[0];
  const [w1, w2] = [Math.exp(3 * 0.2), Math.exp(3 * -0.1)];
  expect(lm([0.6, 0.3])).toBeCloseTo((w1 * first + w2 * second) / (w1 + w2), 5);
  expect(lm([99, 0.4])).toBeCloseTo((20 * first + second) / 21, 5);
  const value = tf.grad(
    (x) => ilqlLosses(tf, { ...one, value: x.as1D() }, { ...options, tau: 0.5, imitationSharpness: 3 }).total,
  );
  // Only L_V = ½ (Q̄ − V)² reaches V, as without the weights.
  expect(value(tf.tensor1d([0.4])).dataSync()[0]).toBeCloseTo(-(0.6 - 0.4), 5);
});

test("no gradient reaches the next value or the target heads", () => {
  const next = tf.grad((x) =>
    ilqlLosses(tf, fixture({ nextValue: x.as1D() }), options).total.add(tf.sum(tf.mul(x, 0))),
  );
  expect(next(tf.tensor1d([0.5])).dataSync()[0]).toBe(0);
  const target = tf.grad((x) => {
    const head = x.as2D(1, 3);
    return ilqlLosses(tf, fixture({ targetQ: [head] }), options).total.add(tf.sum(tf.mul(x, 0)));
  });
  expect(Array.from(target(tf.tensor2d([[0, 0.6, 0]])).dataSync())).toEqual([0, 0, 0]);
});

test("masked positions change nothing", () => {
  const twice = (x: Tensor2D) => tf.concat([x, tf.fill<Rank.R2>([1, 3], 9)], 0);
  const one = fixture();
  const two = fixture({
    q: one.q.map(twice),
    targetQ: one.targetQ.map(twice),
    value: tf.tensor1d([0.4, 7]),
    nextValue: tf.tensor1d([0.5, 7]),
    logits: twice(one.logits),
    action: tf.tensor1d([1, 0], "int32"),
    reward: tf.tensor1d([0.1, 7]),
    continues: tf.tensor1d([1, 1]),
    mask: tf.tensor1d([1, 0]),
  });
  const a = ilqlLosses(tf, one, options).total.dataSync()[0];
  expect(ilqlLosses(tf, two, options).total.dataSync()[0]).toBeCloseTo(a ?? Number.NaN, 5);
});
