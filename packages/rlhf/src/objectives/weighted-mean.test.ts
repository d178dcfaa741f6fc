import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { weightedMean } from "./weighted-mean.ts";

const { tf } = await openEngine();

test("weights count as often as they say, and weights of nothing give 0, not NaN", () => {
  const values = tf.tensor1d([1, 4, 10]);
  expect(weightedMean(tf, values).dataSync()[0]).toBe(5);
  expect(weightedMean(tf, values, tf.tensor1d([2, 1, 0])).dataSync()[0]).toBe(2);
  expect(weightedMean(tf, values, tf.tensor1d([0, 0, 0])).dataSync()[0]).toBe(0);
});
