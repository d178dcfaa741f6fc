import { openEngine } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { openParameters } from "../model/parameters.ts";
import { lexicalLength, lexicalTokens } from "../model/weight-shapes.ts";
import { lexicalRewards, lexicalTermOn } from "./lexical-term.ts";

const { tf } = await openEngine();
const buckets = 512;
const answer = (...tokens: number[]) => ({ ids: [1, 2, ...tokens], answerStart: 2 });
const termOn = (answers: ReturnType<typeof answer>[]) => {
  const term = lexicalTermOn(answers, buckets);
  if (!term) throw new Error("a bag with buckets has a term");
  return term;
};
const open = (tokens: Float32Array, length: number) =>
  openParameters(
    tf,
    new Map([
      [lexicalTokens, { shape: [buckets, 1], values: tokens }],
      [lexicalLength, { shape: [1], values: Float32Array.of(length) }],
    ]),
  );

describe("what the words say", () => {
  test("length counts by the standardised logarithm, and nothing else where the words have no weight", () => {
    const answers = [answer(7), answer(7, 8), answer(7, 8, 7, 8)]; // log lengths 0, log 2, 2 log 2
    const parameters = open(new Float32Array(buckets), 0.5);
    const rewards = tf.tidy(() => [...lexicalRewards(tf, parameters, termOn(answers), answers).dataSync()]);
    const step = 0.5 * Math.sqrt(3 / 2); // neighbours lie log 2 apart, their deviation is log 2 · √(2/3)
    for (const [index, expected] of [-step, 0, step].entries()) expect(rewards[index]).toBeCloseTo(expected, 5);
    parameters.dispose();
  });

  test("a bag has unit length: tokens count once, in order only through their pairs, and the prompt not at all", () => {
    const parameters = open(new Float32Array(buckets).fill(1), 0);
    const answers = [answer(7, 8, 7, 8, 7), { ids: [4, 4, 4, 7, 8, 7, 8, 7], answerStart: 3 }, answer(9)];
    const rewards = tf.tidy(() => [...lexicalRewards(tf, parameters, termOn(answers), answers).dataSync()]);
    // Two tokens and three pairs (begin 7, 7 8, 8 7): Σ 5/√5; one token and one pair: Σ 5/√2.
    expect(rewards[0]).toBeCloseTo(5 * Math.sqrt(5), 4);
    expect(rewards[1]).toBeCloseTo(5 * Math.sqrt(5), 4);
    expect(rewards[2]).toBeCloseTo(5 * Math.sqrt(2), 4);
    parameters.dispose();
  });

  test("its gradient reaches exactly the words that occur", () => {
    const answers = [answer(7, 8)];
    const parameters = open(new Float32Array(buckets), 0);
    const { grads } = tf.variableGrads(
      () => tf.sum(lexicalRewards(tf, parameters, termOn(answers), answers)),
      [parameters.variable(lexicalTokens)],
    );
    const gradient = Object.values(grads).flatMap((values) => [...values.dataSync()]);
    const touched = gradient.filter((value) => value !== 0);
    expect(touched).toHaveLength(4); // 7, 8, begin 7, 7 8
    for (const value of touched) expect(value).toBeCloseTo(2.5, 5);
    tf.dispose(grads);
    parameters.dispose();
  });

  test("no buckets, no term", () => {
    expect(lexicalTermOn([answer(7)], 0)).toBeUndefined();
  });
});
