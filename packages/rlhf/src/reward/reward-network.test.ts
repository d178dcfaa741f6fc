import { ModelConfig } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { initialWeights } from "../model/initial-weights.ts";
import { openParameters } from "../model/parameters.ts";
import { answerLogProbsOf } from "../rollout/answer-log-probs.ts";
import { special } from "../tokenizer/special-tokens.ts";
import { likelihoodTermOn, scoreSequences } from "./reward-network.ts";

const { tf } = await openEngine();
const config = ModelConfig.parse({ vocab: 262, context: 40, layers: 2, heads: 2, kvHeads: 2, width: 16, hidden: 24 });
const parameters = openParameters(tf, initialWeights(config, { kind: "reward" }, 3));
const bare = { tf, parameters, config, pad: special.pad, likelihood: undefined };
const withLikelihood = { ...bare, likelihood: { weight: 2, mean: -5, standardDeviation: 0.5 } };
const answered = (ids: number[], answerStart = 2) => ({ ids, answerStart });
const ids = [1, 30, 40, 50, 2];

test.each([
  ["the scalar head", bare],
  ["head and likelihood", withLikelihood],
])("padding on either side, or none, gives the same score bit for bit (%s)", async (_, network) => {
  const score = (sequence: number[], start: number) => scoreSequences(network, [answered(sequence, start)]);
  const plain = await score(ids, 2);
  expect(await score([...ids, 0, 0, 0], 2)).toEqual(plain);
  expect(await score([0, 0, 0, ...ids], 5)).toEqual(plain);
  expect(await score([0, ...ids, 0, 0], 3)).toEqual(plain);
});

test("the head reads the last real token: what stands there matters", async () => {
  const [a, b] = await scoreSequences(bare, [answered(ids), answered([...ids.slice(0, -1), 60])]);
  expect(Math.abs((a ?? 0) - (b ?? 0))).toBeGreaterThan(1e-4);
});

test("the likelihood term is the mean of what the language model gives each answer token", async () => {
  const [head] = await scoreSequences(bare, [answered(ids)]);
  const [both] = await scoreSequences(withLikelihood, [answered(ids)]);
  const [logProbs = []] = await answerLogProbsOf({ tf, parameters, config }, [answered(ids)]);
  expect(logProbs).toHaveLength(3);
  const mean = logProbs.reduce((sum, value) => sum + value, 0) / 3;
  expect((both ?? 0) - (head ?? 0)).toBeCloseTo((2 * (mean + 5)) / 0.5, 3);
});

test("measured on a set of answers, the term has mean 0 and deviation 1 there; weight 0 leaves it out", async () => {
  const set = Array.from({ length: 20 }, (_, i) => answered([1, 10 + i, 20 + 2 * i, 30 + 3 * i, 2]));
  const likelihood = await likelihoodTermOn(bare, set, 1);
  const heads = await scoreSequences(bare, set);
  const boths = await scoreSequences({ ...bare, likelihood }, set);
  const terms = boths.map((both, i) => both - (heads[i] ?? 0));
  const mean = terms.reduce((sum, term) => sum + term, 0) / terms.length;
  expect(mean).toBeCloseTo(0, 3);
  expect(terms.reduce((sum, term) => sum + (term - mean) ** 2, 0) / terms.length).toBeCloseTo(1, 3);
  expect(await likelihoodTermOn(bare, set, 0)).toBeUndefined();
});

test("many sequences come back in their own order, whatever batches they shared", async () => {
  const sequences = Array.from({ length: 70 }, (_, i) =>
    answered(Array.from({ length: 3 + ((i * 7) % 30) }, (_, j) => 6 + i + j)),
  );
  const together = await scoreSequences(withLikelihood, sequences);
  for (const i of [0, 13, 69]) {
    const [alone] = await scoreSequences(withLikelihood, sequences.slice(i, i + 1));
    expect(together[i]).toBeCloseTo(alone ?? 9, 3);
  }
});
