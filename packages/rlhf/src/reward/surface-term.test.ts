import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { openParameters } from "../model/parameters.ts";
import { surfaceWeights } from "../model/weight-shapes.ts";
import { surfaceRewards, surfaceSize, surfaceTermOn } from "./surface-term.ts";

const { tf } = await openEngine();
const answers = [
  ["NO", "!", "!"],
  ["Consideration", "matters", ",", "always", "."],
  ["a", "b", "a", "b", "a", "b", "."],
];

test("each feature alone has mean 0 and deviation 1 on the answers that it was measured on", () => {
  const term = surfaceTermOn(answers);
  expect(term.features).toHaveLength(surfaceSize);
  for (const [index, { name }] of term.features.entries()) {
    const values = Float32Array.from({ length: surfaceSize }, (_, k) => (k === index ? 1 : 0));
    const parameters = openParameters(tf, new Map([[surfaceWeights, { shape: [surfaceSize, 1], values }]]));
    const rewards = tf.tidy(() => [...surfaceRewards(tf, parameters, term, answers).dataSync()]);
    parameters.dispose();
    expect(
      rewards.reduce((sum, value) => sum + value, 0),
      name,
    ).toBeCloseTo(0, 4);
    expect(rewards.reduce((sum, value) => sum + value ** 2, 0) / 3, name).toBeCloseTo(1, 3);
  }
});

test("shouting, long words and length are told apart", () => {
  const term = surfaceTermOn(answers);
  const highest = (wanted: string) => {
    const values = Float32Array.from(term.features, ({ name }) => (name === wanted ? 1 : 0));
    const parameters = openParameters(tf, new Map([[surfaceWeights, { shape: [surfaceSize, 1], values }]]));
    const rewards = tf.tidy(() => [...surfaceRewards(tf, parameters, term, answers).dataSync()]);
    parameters.dispose();
    return rewards.indexOf(Math.max(...rewards));
  };
  expect(highest("capitalShare")).toBe(0);
  expect(highest("logExclamations")).toBe(0);
  expect(highest("logLongWords")).toBe(1);
  expect(highest("logCommas")).toBe(1);
  expect(highest("logWords")).toBe(2);
});
