import { readFileSync } from "node:fs";
import type { Message } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { beforeAll, describe, expect, it } from "vitest";
import { readLlama2cModel } from "../../packages/rlhf/src/llama2c/model.ts";
import { importHuggingFaceModel } from "../../packages/rlhf/src/model/imported-model.ts";
import { type Model, packModel, unpackModel } from "../../packages/rlhf/src/model/model-files.ts";
import { shakenWeights, styles } from "../../packages/rlhf/src/model/styles.fixture.ts";
import { openTokenizer } from "../../packages/rlhf/src/tokenizer/byte-pair.ts";
import { trainBpe } from "../../packages/rlhf/src/tokenizer/train-bpe.ts";
import { expectClose, ourLogits } from "../harness/our-logits.ts";
import { hasReferenceData, referenceFile } from "../harness/reference-data.ts";
import { hasTransformers, transformersLogits, transformersModel } from "../harness/transformers.ts";
import { transformersReading, transformersTokenizer } from "../harness/transformers-tokenizer.ts";

const engine = await openEngine();
const texts = ["the cat sat on the mat", "  It's 12,345.6 – isn't it?\n\n\tYes.", "猫坐在垫子上。🙂", "é <|end"];
const conversations: Message[][] = [
  [{ role: "user", content: "the cat" }],
  [
    { role: "system", content: "Be kind." },
    { role: "user", content: "猫 sat" },
    { role: "assistant", content: "on the mat." },
    { role: "user", content: "Yes?" },
  ],
];

/** Milliseconds: Python takes some ten seconds to load torch, and several times that on a busy machine. */
const timeout = 240_000;

const original = { original_max_position_embeddings: 32 };

describe.skipIf(!hasTransformers)("Llama's and Qwen's styles and Hugging Face's transformers", { timeout }, () => {
  const llamaStyles = styles.filter(([name]) => /^(Llama|Qwen)/.test(name));

  it.each(llamaStyles)("a model of ours in %s style has the same ids and logits there", (_, sizes) => {
    const tokenizer = openTokenizer(trainBpe(texts, sizes.vocab));
    const config = { ...sizes, vocab: tokenizer.vocab, context: 64 };
    const model: Model = { config, tokenizer, head: { kind: "lm" }, weights: shakenWeights(config) };
    const files = packModel(model);
    const reading = transformersReading(files, { texts, conversations });
    expect(reading.texts).toEqual(texts.map((text) => tokenizer.encode(text)));
    expect(reading.decoded).toEqual(texts);
    expect(reading.conversations).toEqual(conversations.map((messages) => tokenizer.encodePrompt(messages)));
    const rows = [...reading.texts, ...reading.conversations];
    expectClose(transformersLogits(files, rows).flat(2), ourLogits(engine, model, rows).flat(2));
  });

  describe("a model and its tokenizer saved there have the same ids and logits here", () => {
    let tokenizer: ReturnType<typeof transformersTokenizer>;
    beforeAll(() => {
      tokenizer = transformersTokenizer({ texts, conversations });
    }, timeout);

    it.each([
      ["tied", { tie_word_embeddings: true, num_key_value_heads: 2 }],
      ["with an output of its own", { tie_word_embeddings: false, rms_norm_eps: 1e-6 }],
      [
        "Llama 3.1's rotations",
        {
          ...{ rope_scaling: { rope_type: "llama3", factor: 4, low_freq_factor: 1, high_freq_factor: 4, ...original } },
          ...{ rope_theta: 100, head_dim: 8, attention_bias: true },
        },
      ],
      ["linear rotations", { rope_scaling: { rope_type: "linear", factor: 2 } }],
      ["Mistral's", { class: "MistralForCausalLM", num_key_value_heads: 2, head_dim: 8, sliding_window: 64 }],
      ["Qwen2's", { class: "Qwen2ForCausalLM", num_key_value_heads: 2, tie_word_embeddings: true }],
      ["Qwen3's", { class: "Qwen3ForCausalLM", num_key_value_heads: 2, head_dim: 8 }],
      ["with biases and another base of the angles", { attention_bias: true, mlp_bias: true, rope_theta: 50_000 }],
    ])("%s", (_, settings) => {
      const { files, reading } = tokenizer;
      const sizes = { vocab_size: 304, max_position_embeddings: 64, hidden_size: 16, intermediate_size: 24 };
      const counts = { num_hidden_layers: 2, num_attention_heads: 4 };
      const rows = [...reading.texts, ...reading.conversations];
      const saved = transformersModel({ class: "LlamaForCausalLM", ...sizes, ...counts, ...settings }, rows);
      expect(new TextDecoder().decode(saved.files.get("config.json"))).not.toContain("touchstone");
      const model = unpackModel(importHuggingFaceModel(new Map([...files, ...saved.files])));
      const { encode, encodePrompt, encodeAnswer } = model.tokenizer;
      expect(texts.map(encode)).toEqual(reading.texts);
      expect(conversations.map(encodePrompt)).toEqual(reading.conversations);
      // Their `<|end|>` is 3, which only our template and our answers say.
      expect(encodeAnswer("on the mat")).toEqual([...encode("on the mat"), 3]);
      expect(encode("on the mat<|end|>")).not.toContain(3);
      expectClose(ourLogits(engine, model, rows).flat(2), saved.logits.flat(2));
    });
  });

  it.skipIf(!hasReferenceData)("stories260K of llama2.c, brought in here, has the same ids and logits there", () => {
    const [checkpoint, pieces] = ["stories260K.bin", "tok512.bin"].map((name) =>
      readFileSync(referenceFile(`models/${name}`)),
    );
    if (!checkpoint || !pieces) throw new Error("the reference data lack the model");
    const model = readLlama2cModel(checkpoint, pieces);
    const files = packModel(model);
    const reading = transformersReading(files, { texts, conversations: [] });
    expect(reading.texts).toEqual(texts.map((text) => model.tokenizer.encode(text)));
    expect(reading.decoded).toEqual(texts);
    const rows = reading.texts.map((ids) => [model.tokenizer.special.bos, ...ids]);
    expectClose(transformersLogits(files, rows).flat(2), ourLogits(engine, model, rows).flat(2));
  });
});
