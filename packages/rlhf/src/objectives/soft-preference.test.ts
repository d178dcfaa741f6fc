import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { bothBadLoss, softPreferenceLoss } from "./soft-preference.ts";

const { tf } = await openEngine();

const lossAt = (d: number, p: number) =>
  softPreferenceLoss(tf, tf.tensor1d([d]), tf.tensor1d([0]), tf.tensor1d([p])).dataSync()[0];

test("a certain win costs what Bradley–Terry says, an uncertain one what cDPO says", () => {
  expect(lossAt(0.9, 1)).toBeCloseTo(0.341154, 5);
  expect(lossAt(-0.9, 0)).toBeCloseTo(0.341154, 5);
  expect(lossAt(0.9, 0.9)).toBeCloseTo(0.431154, 5);
});

test("a tie is cheapest at equal scores, at log 2, and the same on both sides", () => {
  expect(lossAt(0, 0.5)).toBeCloseTo(Math.log(2), 6);
  expect(lossAt(1.3, 0.5)).toBeCloseTo(lossAt(-1.3, 0.5) ?? 0, 5);
  expect(lossAt(1.3, 0.5)).toBeGreaterThan(Math.log(2));
});

test("far tails stay finite", () => {
  expect(lossAt(80, 1)).toBeCloseTo(0, 5);
  expect(lossAt(-80, 1)).toBeCloseTo(80, 4);
});

test("“both bad” pushes both scores down and leaves other pairs alone", () => {
  const [da, db] = tf.grads((a, b) => bothBadLoss(tf, a.as1D(), b.as1D(), tf.tensor1d([1, 0])))([
    tf.tensor1d([0, 0]),
    tf.tensor1d([2, 0]),
  ]);
  expect(da?.arraySync()).toEqual([0.25, 0]);
  expect(db?.dataSync()[0]).toBeCloseTo(0.5 / (1 + Math.exp(-2)), 5);
});
