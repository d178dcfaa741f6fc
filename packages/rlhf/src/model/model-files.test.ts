import { ModelConfig } from "@touchstone/contracts";
import { writeSafetensors } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { describeModel } from "./describe-model.ts";
import type { Head } from "./head.ts";
import { initialWeights } from "./initial-weights.ts";
import { packModel, unpackModel } from "./model-files.ts";

const config = ModelConfig.parse({ vocab: 262, context: 8, layers: 1, heads: 2, kvHeads: 1, width: 8, hidden: 8 });
const normalisation = { mean: 0.5, standardDeviation: 2, referenceSet: "training answers", answers: 10 };
const heads: Head[] = [
  { kind: "lm" },
  { kind: "reward", objective: "squared-error", scale: 1.5, offset: 3, normalisation },
  { kind: "ilql", advantageWeight: 4 },
];
const modelOf = (head: Head) => ({
  config,
  head,
  tokenizer: openTokenizer([]),
  weights: initialWeights(config, head, 1),
});
const files = packModel(modelOf({ kind: "lm" }));
const edit = (name: string, change: (json: Record<string, unknown>) => object) =>
  new Map(files).set(
    name,
    new TextEncoder().encode(JSON.stringify(change(JSON.parse(new TextDecoder().decode(files.get(name)))))),
  );

describe("model files", () => {
  test.each(heads)("a saved model is the same model, head and all: $kind", (head) => {
    const packed = packModel(modelOf(head));
    const again = unpackModel(packed);
    expect(again.head).toEqual(head);
    expect(again.config).toEqual(config);
    expect(packModel(again)).toEqual(packed);
  });

  test("tensors carry the names of Hugging Face's Llama", () => {
    const { weights } = unpackModel(files);
    expect([...weights.keys()].slice(0, 3)).toEqual([
      "model.embed_tokens.weight",
      "model.layers.0.input_layernorm.weight",
      "model.layers.0.self_attn.q_proj.weight",
    ]);
    expect(JSON.parse(new TextDecoder().decode(files.get("config.json")))).toMatchObject({
      architectures: ["LlamaForCausalLM"],
      hidden_size: 8,
      num_key_value_heads: 1,
      eos_token_id: 2,
    });
  });

  test("a description counts weights and names the content", () => {
    const described = describeModel(files);
    // Embedding 262·8; a layer 2·64 (q, o) + 2·32 (k, v) + 3·64 + 2·8; final norm 8.
    expect(described.parameters).toBe(262 * 8 + 128 + 64 + 192 + 16 + 8);
    expect(described.sha256).not.toBe(describeModel(packModel(modelOf(heads[2] ?? { kind: "lm" }))).sha256);
    expect(described.kind).toBe("policy");
  });

  const weights = modelOf({ kind: "lm" }).weights;
  const spoiled = new Map(weights).set("model.norm.weight", {
    shape: [8],
    values: new Float32Array(8).fill(Number.NaN),
  });
  const hostile: [string, Map<string, Uint8Array>][] = [
    ["a missing file", new Map([...files].slice(1))],
    ["a config that is no JSON", new Map(files).set("config.json", Uint8Array.of(1, 2, 3))],
    ["another kind of model", edit("config.json", (json) => ({ ...json, model_type: "gpt2" }))],
    ["a size that is not the weights'", edit("config.json", (json) => ({ ...json, hidden_size: 16 }))],
    ["more layers than weights", edit("config.json", (json) => ({ ...json, num_hidden_layers: 2 }))],
    ["an absurd size", edit("config.json", (json) => ({ ...json, hidden_size: 1e9 }))],
    ["weights that are cut off", new Map(files).set("model.safetensors", new Uint8Array(100))],
    ["weights that are no numbers", new Map(files).set("model.safetensors", writeSafetensors(spoiled))],
    ["a tokenizer larger than the embedding", edit("config.json", (json) => ({ ...json, vocab_size: 261 }))],
  ];
  test.each(hostile)("refuses %s with a code", (_, folder) => {
    expect(() => unpackModel(folder)).toThrow(expect.objectContaining({ code: "bad_model_files" }));
  });
});
