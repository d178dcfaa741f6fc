import { readFileSync } from "node:fs";
import { openEngine } from "@touchstone/engine";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readLlama2cModel } from "../../packages/rlhf/src/llama2c/model.ts";
import { toBatch } from "../../packages/rlhf/src/model/batch.ts";
import { hiddenStates } from "../../packages/rlhf/src/model/decoder.ts";
import { packModel, unpackModel } from "../../packages/rlhf/src/model/model-files.ts";
import { meanAnswerLoss } from "../../packages/rlhf/src/rollout/answer-log-probs.ts";
import { openPolicy } from "../../packages/rlhf/src/rollout/open-policy.ts";
import { type Policy, policyLogits } from "../../packages/rlhf/src/rollout/policy.ts";
import { sampleAnswers } from "../../packages/rlhf/src/rollout/sample-answers.ts";
import type { Tokenizer } from "../../packages/rlhf/src/tokenizer/tokenizer.ts";
import { hasReferenceData, referenceFile } from "../harness/reference-data.ts";

const Reference = z.object({
  encode: z.record(z.string(), z.array(z.number())),
  logits_after_BOS_top5: z.array(z.tuple([z.number(), z.number()])),
  greedy: z.record(z.string(), z.object({ ids: z.array(z.number()), text: z.string() })),
  nll_per_token_first200_paragraphs_of_tinystories_sample: z.object({ nll: z.number(), tokens: z.number() }),
});

/** stories260K of llama2.c: a decoder that others have trained, and what their code makes of it. */
describe.skipIf(!hasReferenceData)("a published model in our decoder", () => {
  let policy: Policy;
  let reference: z.infer<typeof Reference>;
  let tokenizer: Tokenizer;
  /** Llama's `<s>`. */
  const bos = 1;
  beforeAll(async () => {
    const file = (name: string) => readFileSync(referenceFile(name));
    const { tf } = await openEngine();
    // Through a model's folder, as every trainer and generator takes it.
    const published = readLlama2cModel(file("models/stories260K.bin"), file("models/tok512.bin"));
    const model = unpackModel(packModel(published));
    tokenizer = model.tokenizer;
    reference = Reference.parse(JSON.parse(file("models/stories260K.reference.json").toString()));
    policy = openPolicy(tf, model);
  });

  it("reads texts as the same token ids, and back", () => {
    const texts = Object.entries(reference.encode);
    expect(texts.length).toBeGreaterThan(3);
    for (const [text, ids] of texts) {
      expect([bos, ...tokenizer.encode(text)]).toEqual(ids);
      expect(tokenizer.decode(ids)).toBe(text);
    }
  });

  it("gives the same five likeliest first tokens, with the same logits", () => {
    const { tf, parameters, config } = policy;
    const logits = tf.tidy(() =>
      policyLogits(policy, hiddenStates(tf, parameters, config, toBatch([[bos]]))).dataSync(),
    );
    const likeliest = Array.from(logits, (logit, id) => [id, logit] as const).sort(([, a], [, b]) => b - a);
    for (const [place, [id, logit]] of reference.logits_after_BOS_top5.entries()) {
      expect(likeliest[place]?.[0]).toBe(id);
      expect(likeliest[place]?.[1]).toBeCloseTo(logit, 3);
    }
  });

  it("goes on with the same words when it always takes the likeliest, through the cache", async () => {
    const starts = Object.entries(reference.greedy);
    const prompts = starts.map(([content]) =>
      tokenizer.encodePrompt(content === "" ? [] : [{ role: "user", content }]),
    );
    for (const [index, [, { ids, text }]] of starts.entries()) {
      const prompt = prompts[index] ?? [];
      const options = { temperature: 0, topK: 0, topP: 1, maxNewTokens: ids.length - prompt.length };
      const [answer] = await sampleAnswers({ policy, tokenizer, prompts: [prompt], options, seed: 1 });
      expect([...prompt, ...(answer?.tokens ?? [])]).toEqual(ids);
      expect(tokenizer.decode(ids)).toBe(text);
    }
  });

  it("finds a page of stories as likely as the reference does: 1.5071 nats a token", async () => {
    const { nll, tokens } = reference.nll_per_token_first200_paragraphs_of_tinystories_sample;
    const paragraphs = readFileSync(referenceFile("corpora/tinystories_sample.txt"), "utf8")
      .split(/\n\s*\n/)
      .slice(0, 200);
    const sequences = paragraphs.map((paragraph) => ({
      ids: [bos, ...tokenizer.encode(paragraph.trim())].slice(0, 256),
      answerStart: 1,
    }));
    expect(sequences.reduce((sum, { ids }) => sum + ids.length - 1, 0)).toBe(tokens);
    expect(Math.abs((await meanAnswerLoss(policy, sequences)) - nll)).toBeLessThan(0.0005);
  });
});
