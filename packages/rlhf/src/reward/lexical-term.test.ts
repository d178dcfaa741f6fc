import { openEngine } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { openParameters } from "../model/parameters.ts";
import { lexicalLength, lexicalWords } from "../model/weight-shapes.ts";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { special } from "../tokenizer/special-tokens.ts";
import { lexicalRewards, lexicalTermOn, type Words, wordsOf } from "./lexical-term.ts";

const { tf } = await openEngine();
const buckets = 512;
const termOn = (answers: Words[]) => {
  const term = lexicalTermOn(answers, buckets);
  if (!term) throw new Error("a bag with buckets has a term");
  return term;
};
const open = (tokens: Float32Array, length: number) =>
  openParameters(
    tf,
    new Map([
      [lexicalWords, { shape: [buckets, 1], values: tokens }],
      [lexicalLength, { shape: [1], values: Float32Array.of(length) }],
    ]),
  );

describe("what the words say", () => {
  test("length counts by the standardised logarithm, and nothing else where the words have no weight", () => {
    const answers = [[], ["a"], ["a", "b", "a"]]; // log(1 + length): 0, log 2, 2 log 2
    const parameters = open(new Float32Array(buckets), 0.5);
    const rewards = tf.tidy(() => [...lexicalRewards(tf, parameters, termOn(answers), answers).dataSync()]);
    const step = 0.5 * Math.sqrt(3 / 2); // neighbours lie log 2 apart, their deviation is log 2 · √(2/3)
    for (const [index, expected] of [-step, 0, step].entries()) expect(rewards[index]).toBeCloseTo(expected, 5);
    parameters.dispose();
  });

  test("a bag has unit length: words count once, and their order only through pairs", () => {
    const parameters = open(new Float32Array(buckets).fill(1), 0);
    const answers = [["a", "b", "a", "b"], ["c"]];
    const rewards = tf.tidy(() => [...lexicalRewards(tf, parameters, termOn(answers), answers).dataSync()]);
    // a, b, the end, and the pairs "begin a", "a b", "b a", "b end": Σ 5/√7; c, the end and two pairs: Σ 5/√4.
    expect(rewards[0]).toBeCloseTo(5 * Math.sqrt(7), 4);
    expect(rewards[1]).toBeCloseTo(5 * Math.sqrt(4), 4);
    parameters.dispose();
  });

  test("its gradient reaches exactly the words that occur", () => {
    const answers = [["a", "b"]];
    const parameters = open(new Float32Array(buckets), 0);
    const { grads } = tf.variableGrads(
      () => tf.sum(lexicalRewards(tf, parameters, termOn(answers), answers)),
      [parameters.variable(lexicalWords)],
    );
    const gradient = Object.values(grads).flatMap((values) => [...values.dataSync()]);
    const touched = gradient.filter((value) => value !== 0);
    expect(touched).toHaveLength(6); // a, b, the end, "begin a", "a b", "b end"
    for (const value of touched) expect(value).toBeCloseTo(5 / Math.sqrt(6), 5);
    tf.dispose(grads);
    parameters.dispose();
  });

  test("words are the answer's own, without its prompt and its end; Han characters stand alone", () => {
    const tokenizer = openTokenizer([]);
    const [prompt, answer] = ["Why?", "It's 3 a.m., 你好!"].map((text) => tokenizer.encode(text));
    const ids = [...(prompt ?? []), ...(answer ?? []), special.eos];
    const words = wordsOf(tokenizer, { ids, answerStart: prompt?.length ?? 0 });
    expect(words).toEqual(["It's", "3", "a", ".", "m", ".", ",", "你", "好", "!"]);
  });

  test("no buckets, no term", () => {
    expect(lexicalTermOn([["a"]], 0)).toBeUndefined();
  });
});
