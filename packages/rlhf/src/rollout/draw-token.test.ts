import { seededRandom } from "@touchstone/engine";
import { expect, test } from "vitest";
import { drawToken } from "./draw-token.ts";

const probabilities = [0.5, 0.3, 0.15, 0.05];
const logits = Float32Array.from(probabilities, Math.log);
const whole = { temperature: 1, topK: 0, topP: 1 };
const frequencies = (options: typeof whole, from = logits) => {
  const random = seededRandom(1);
  const counts = probabilities.map(() => 0);
  for (let i = 0; i < 20_000; i++) {
    const { token } = drawToken(from, options, random);
    counts[token] = (counts[token] ?? 0) + 1 / 20_000;
  }
  return counts;
};
const expectNear = (actual: readonly number[], expected: readonly number[]) => {
  for (const [i, value] of expected.entries()) expect(Math.abs((actual[i] ?? 9) - value)).toBeLessThan(0.015);
};

test("draws follow the distribution, and constants added to logits change nothing", () => {
  expectNear(frequencies(whole), probabilities);
  expectNear(
    frequencies(
      whole,
      logits.map((logit) => logit + 50),
    ),
    probabilities,
  );
});

test("temperature sharpens: at ½ the probabilities go as their squares; at 0 the likeliest is taken", () => {
  const squares = probabilities.map((p) => p ** 2);
  const sum = squares.reduce((a, b) => a + b);
  expectNear(
    frequencies({ ...whole, temperature: 0.5 }),
    squares.map((p) => p / sum),
  );
  expectNear(frequencies({ ...whole, temperature: 0 }), [1, 0, 0, 0]);
});

test("top-k keeps k tokens, top-p the smallest set that holds p, both renormalised", () => {
  expectNear(frequencies({ ...whole, topK: 2 }), [0.625, 0.375, 0, 0]);
  expectNear(frequencies({ ...whole, topP: 0.75 }), [0.625, 0.375, 0, 0]);
  expectNear(frequencies({ ...whole, topP: 0.2 }), [1, 0, 0, 0]);
  expectNear(frequencies({ ...whole, topK: 3, topP: 0.9 }), [0.5 / 0.95, 0.3 / 0.95, 0.15 / 0.95, 0]);
});

test("log-probability and entropy belong to the whole distribution at temperature 1", () => {
  const entropy = -probabilities.reduce((sum, p) => sum + p * Math.log(p), 0);
  const drawn = drawToken(logits, { temperature: 0.3, topK: 1, topP: 0.5 }, seededRandom(1));
  expect(drawn.logProb).toBeCloseTo(Math.log(0.5), 5);
  expect(drawn.entropy).toBeCloseTo(entropy, 5);
});
