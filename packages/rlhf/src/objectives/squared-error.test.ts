import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { squaredErrorLoss } from "./squared-error.ts";

const { tf } = await openEngine();

test("the loss is the weighted mean of squared differences", () => {
  const predicted = tf.tensor1d([3.5, 1, 4]);
  const target = tf.tensor1d([4, 3, 4]);
  expect(squaredErrorLoss(tf, predicted, target).dataSync()[0]).toBeCloseTo(4.25 / 3, 6);
  const weighted = squaredErrorLoss(tf, predicted, target, tf.tensor1d([2, 1, 1]));
  expect(weighted.dataSync()[0]).toBeCloseTo(4.5 / 4, 6);
});
