import { ModelConfig } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { toBatch } from "./batch.ts";
import { hiddenStates } from "./decoder.ts";
import { languageModelLogits } from "./heads.ts";
import { initialWeights } from "./initial-weights.ts";
import { openParameters } from "./parameters.ts";

const { tf } = await openEngine();
const config = ModelConfig.parse({ vocab: 270, context: 16, layers: 2, heads: 4, kvHeads: 2, width: 16, hidden: 24 });
const parameters = openParameters(tf, initialWeights(config, { kind: "lm" }, 7));
const logitsOf = (...sequences: number[][]) => {
  const batch = toBatch(sequences);
  const logits = tf.tidy(() =>
    languageModelLogits(tf, parameters, config, hiddenStates(tf, parameters, config, batch)).arraySync(),
  );
  return sequences.map((_, row) => logits.slice(row * batch.length, (row + 1) * batch.length));
};
const expectClose = (actual: readonly number[] | undefined, expected: readonly number[] | undefined) => {
  expect(actual).toHaveLength(expected?.length ?? -1);
  actual?.forEach((value, i) => {
    expect(value).toBeCloseTo(expected?.[i] ?? Number.NaN, 4);
  });
};

describe("the decoder", () => {
  test("a token sees no later one, so what follows it changes nothing", () => {
    const [whole] = logitsOf([1, 10, 20, 30, 40]);
    const [prefix] = logitsOf([1, 10, 20]);
    for (const position of [0, 1, 2]) expectClose(whole?.[position], prefix?.[position]);
  });

  test("rows of a batch never see each other", () => {
    const [, second] = logitsOf([1, 2, 3, 4], [9, 8, 7, 6]);
    const [alone] = logitsOf([9, 8, 7, 6]);
    for (const position of [0, 1, 2, 3]) expectClose(second?.[position], alone?.[position]);
  });

  test("the order of earlier tokens matters: positions are felt", () => {
    const [one] = logitsOf([1, 10, 20, 30]);
    const [other] = logitsOf([1, 20, 10, 30]);
    const change = Math.max(...(one?.[3] ?? []).map((value, i) => Math.abs(value - (other?.[3]?.[i] ?? 0))));
    expect(change).toBeGreaterThan(1e-3);
  });

  test("an untrained model is nearly indifferent: its loss is about log vocab", () => {
    const [logits] = logitsOf([1, 50, 60]);
    const row = logits?.[1] ?? [];
    const logSum = Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0));
    expect(Math.abs(logSum - (row[60] ?? 0) - Math.log(270))).toBeLessThan(1.5);
  });
});
