import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { centring, centringLoss } from "./centring.ts";

const { tf } = await openEngine();

test("scores (1.2, 0.3) at coefficient 0.01 cost 0.0225, in numbers and in tensors", () => {
  expect(centring(1.2, 0.3)).toBeCloseTo(0.0225, 9);
  expect(centringLoss(tf, tf.tensor1d([1.2]), tf.tensor1d([0.3])).dataSync()[0]).toBeCloseTo(0.0225, 7);
});

test("scores that cancel cost nothing, so the term never decides who wins", () => {
  expect(centring(0.7, -0.7)).toBe(0);
});
