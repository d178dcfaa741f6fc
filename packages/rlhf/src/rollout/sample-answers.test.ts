import { ModelConfig } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { toBatch } from "../model/batch.ts";
import { hiddenStates } from "../model/decoder.ts";
import { initialWeights } from "../model/initial-weights.ts";
import { openParameters } from "../model/parameters.ts";
import { shakenWeights, styles } from "../model/styles.fixture.ts";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { openCachedDecoder } from "./cached-decoder.ts";
import { type Policy, policyLogits } from "./policy.ts";
import { sampleAnswers } from "./sample-answers.ts";
import { stopStrings } from "./stop-strings.ts";

const { tf } = await openEngine();
const config = ModelConfig.parse({ vocab: 270, context: 16, layers: 2, heads: 4, kvHeads: 2, width: 16, hidden: 24 });
const lm: Policy = { tf, config, parameters: openParameters(tf, initialWeights(config, { kind: "lm" }, 7)) };
const ilql: Policy = {
  tf,
  config,
  parameters: openParameters(tf, initialWeights(config, { kind: "ilql" }, 7)),
  advantageWeight: 2,
};
const tokenizer = openTokenizer([]);
const whole = { temperature: 1, topK: 0, topP: 1, maxNewTokens: 8 };

/** log π of each answer token by the training forward pass: the oracle. */
function logProbsOf(policy: Policy, prompt: readonly number[], answer: readonly number[]): number[] {
  const logProbs = tf.tidy(() =>
    tf.logSoftmax(policyLogits(policy, hiddenStates(tf, policy.parameters, config, toBatch([[...prompt, ...answer]])))),
  );
  const rows = logProbs.arraySync();
  logProbs.dispose();
  return answer.map((token, i) => {
    const row: unknown = rows[prompt.length + i - 1];
    return Array.isArray(row) ? Number(row[token]) : Number.NaN;
  });
}

describe.each(styles)("the cached decoder of a model in %s style", (_, config) => {
  const parameters = openParameters(tf, shakenWeights(config));

  test("gives the hidden states of the training forward pass, whichever way the tokens come in", () => {
    const sequences = [
      [1, 10, 20, 30, 40],
      [1, 99, 98],
    ];
    const batch = toBatch(sequences);
    const expected = tf.tidy(() => hiddenStates(tf, parameters, config, batch).dataSync());
    const decoder = openCachedDecoder(tf, { parameters }, config, 3);
    const tokens = (slot: number, from: number, to: number) =>
      (sequences[slot] ?? []).slice(from, to).map((token, i) => ({ slot, position: from + i, token }));
    decoder.step([...tokens(1, 0, 2), ...tokens(0, 0, 3)]);
    decoder.copySlot(0, 2, 3);
    const moved = tokens(0, 3, 4).map((row) => ({ ...row, slot: 2 }));
    const last = decoder.step([...tokens(0, 3, 5), ...tokens(1, 2, 3), ...moved]);
    decoder.dispose();
    const { width } = config;
    for (const [row, at] of [3, 4, batch.length + 2, 3].entries()) {
      for (let c = 0; c < width; c++) expect(last[row * width + c]).toBeCloseTo(expected[at * width + c] ?? 9, 4);
    }
  });

  test("refuses a position beyond the context", () => {
    const decoder = openCachedDecoder(tf, { parameters }, config, 1);
    expect(() => decoder.step([{ slot: 0, position: config.context, token: 1 }])).toThrow(/context of 16/);
    decoder.dispose();
  });
});

describe("sampling", () => {
  const prompts = [
    [1, 10, 20],
    [1, 10, 20],
    [1, 10, 20],
    [1, 99],
    [1, 5, 6, 7, 8],
  ];

  test.each([
    ["language model", lm],
    ["ILQL", ilql],
  ])("reports the log-probabilities that training would compute (%s)", async (_, policy) => {
    const answers = await sampleAnswers({ policy, tokenizer, prompts, options: whole, seed: 3, slots: 4 });
    for (const [i, { tokens, logProbs }] of answers.entries()) {
      expect(tokens.length).toBeGreaterThan(0);
      const expected = logProbsOf(policy, prompts[i] ?? [], tokens);
      for (const [t, value] of logProbs.entries()) expect(value).toBeCloseTo(expected[t] ?? 9, 3);
    }
  });

  test("the same seed gives the same answers, however many slots share the work", async () => {
    const one = await sampleAnswers({ policy: lm, tokenizer, prompts, options: whole, seed: 3, slots: 1 });
    const many = await sampleAnswers({ policy: lm, tokenizer, prompts, options: whole, seed: 3, slots: 8 });
    const other = await sampleAnswers({ policy: lm, tokenizer, prompts, options: whole, seed: 4, slots: 8 });
    const tokens = (answers: typeof one) => answers.map((answer) => answer.tokens);
    expect(tokens(many)).toEqual(tokens(one));
    expect(tokens(other)).not.toEqual(tokens(one));
    expect(one[0]?.tokens).not.toEqual(one[1]?.tokens);
  });

  test("an answer never leaves the context, and a prompt that fills it is named", async () => {
    const full = Array.from({ length: 16 }, () => 9);
    const answers = await sampleAnswers({
      policy: lm,
      tokenizer,
      prompts: [full, full.slice(0, 15)],
      options: whole,
      seed: 1,
    });
    expect(answers[0]).toMatchObject({ tokens: [], finishReason: "prompt_too_long" });
    expect(answers[1]?.tokens).toHaveLength(1);
  });

  test("an answer ends at its own tokenizer's end, whichever id that is", async () => {
    const [free] = await sampleAnswers({ policy: lm, tokenizer, prompts: [[1, 10]], options: whole, seed: 3 });
    const third = free?.tokens[2] ?? 0;
    const ending = { ...tokenizer, ends: [269, third] };
    const [answer] = await sampleAnswers({
      policy: lm,
      tokenizer: ending,
      prompts: [[1, 10]],
      options: whole,
      seed: 3,
    });
    expect(answer?.tokens).toEqual(free?.tokens.slice(0, 1 + (free?.tokens.indexOf(third) ?? 0)));
    expect(answer?.finishReason).toBe("stop");
  });

  test("an answer ends as soon as it says a stop string, also one that its tokens only spell together", async () => {
    const ask = (stop: string[]) =>
      sampleAnswers({ policy: lm, tokenizer, prompts: [[1, 10]], options: { ...whole, topK: 3, stop }, seed: 3 });
    const [free] = await ask([]);
    const text = tokenizer.decodeAnswer(free?.tokens ?? []);
    const stop = text.slice(2, 4);
    const [answer] = await ask(["not said", stop]);
    const said = tokenizer.decodeAnswer(answer?.tokens ?? []);
    expect(said).toBe(text.slice(0, text.indexOf(stop) + stop.length));
    expect(answer?.finishReason).toBe("stop");
    expect(stopStrings(tokenizer, ["not said", stop]).cut(`${said} and more`)).toBe(text.slice(0, text.indexOf(stop)));
  });

  test("an aborted run stops with a code", async () => {
    const run = sampleAnswers({ policy: lm, tokenizer, prompts, options: whole, seed: 1, signal: AbortSignal.abort() });
    await expect(run).rejects.toMatchObject({ code: "cancelled" });
  });
});
