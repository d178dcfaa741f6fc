import { openEngine } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import type { Model } from "../model/model-files.ts";
import { shakenWeights, styles } from "../model/styles.fixture.ts";
import { sizeOf, type Weights } from "../model/weights.ts";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { openAnswerBoard } from "./answer-board.ts";
import { openAnsweringPolicy, openPolicy } from "./open-policy.ts";
import { sampleAnswers } from "./sample-answers.ts";

const tokenizer = openTokenizer([]);
const options = { temperature: 1, topK: 0, topP: 1, maxNewTokens: 6 };
const prompts = [
  [1, 10, 20],
  [1, 99],
  [1, 10, 20],
];
const modelOf = (config: Model["config"], weights: Weights): Model => ({
  config,
  head: { kind: "lm" },
  tokenizer,
  weights,
});

describe.each(styles)("a policy that only answers, in %s style", (_, config) => {
  test("says what the whole one says, to the same bits", async () => {
    const weights = shakenWeights(config);
    const { tf } = await openEngine();
    const asked = { prompts, tokenizer, options, seed: 3 };
    const [whole, answering] = [
      openPolicy(tf, modelOf(config, weights)),
      openAnsweringPolicy(tf, modelOf(config, weights)),
    ];
    const before = tf.memory().numTensors;
    expect(await sampleAnswers({ ...asked, policy: answering })).toEqual(
      await sampleAnswers({ ...asked, policy: whole }),
    );
    expect(tf.memory().numTensors).toBe(before);
    for (const { parameters } of [whole, answering]) parameters.dispose();
  });

  test("has each weight once in the engine, and none outside any more", async () => {
    const { tf } = await openEngine();
    const weights = shakenWeights(config);
    const before = tf.memory().numBytes;
    const policy = openAnsweringPolicy(tf, modelOf(config, weights));
    const board = openAnswerBoard(policy, tokenizer, { context: 16, slots: 1 });
    const count = [...weights.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    expect(tf.memory().numBytes - before).toBe(4 * count);
    expect(policy.blocks?.size).toBe(0);
    board.dispose();
    policy.parameters.dispose();
    expect(tf.memory().numBytes).toBe(before);
  });
});
