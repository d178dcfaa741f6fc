import { ModelConfig } from "@touchstone/contracts";
import { readSafetensors, writeSafetensors } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { describeModel } from "./describe-model.ts";
import type { Head } from "./head.ts";
import { importHuggingFaceModel } from "./imported-model.ts";
import { initialWeights } from "./initial-weights.ts";
import { packModel, unpackModel } from "./model-files.ts";
import { shakenWeights, styles } from "./styles.fixture.ts";

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
const evenConfig = { ...config, kvHeads: 2 };
const evenHeads = { config: evenConfig, weights: initialWeights(evenConfig, { kind: "lm" }, 1) };
const sameBytes = (a: Uint8Array, b: Uint8Array | undefined) => b !== undefined && Buffer.compare(a, b) === 0;
const gpt2 = ModelConfig.parse({
  ...{ vocab: 262, context: 8, layers: 1, heads: 2, kvHeads: 2, width: 8, hidden: 8 },
  ...{ norm: "layernorm", positions: "learned", feedForward: "gelu", biases: true },
});
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

  test.each(styles)(
    "a model in %s style comes back with the same weights, and its files with the same bytes",
    (_, style) => {
      for (const head of heads) {
        const saved = { ...modelOf(head), config: style, weights: shakenWeights(style, head) };
        const packed = packModel(saved);
        const again = unpackModel(packed);
        expect(again.config).toEqual(style);
        expect(again.head).toEqual(head);
        expect(sameBytes(writeSafetensors(again.weights), writeSafetensors(saved.weights))).toBe(true);
        for (const [name, bytes] of packModel(again)) expect(sameBytes(bytes, packed.get(name)), name).toBe(true);
      }
    },
  );

  test("tensors of GPT-2's style carry its names, queries, keys and values side by side", () => {
    const weights = shakenWeights(gpt2);
    const file = readSafetensors(
      packModel({ ...modelOf({ kind: "lm" }), config: gpt2, weights }).get("model.safetensors") ?? new Uint8Array(),
    );
    expect([...file.keys()].slice(0, 6)).toEqual([
      "transformer.wte.weight",
      "transformer.wpe.weight",
      "transformer.h.0.ln_1.weight",
      "transformer.h.0.ln_1.bias",
      "transformer.h.0.attn.c_attn.weight",
      "transformer.h.0.attn.c_attn.bias",
    ]);
    const { width } = gpt2;
    const { shape, values } = file.get("transformer.h.0.attn.c_attn.weight") ?? { shape: [], values: [] };
    expect(shape).toEqual([width, 3 * width]);
    // (in, out): row 2, column 1 of the keys is their weight from input 2 to output 1.
    const keys = weights.get("model.layers.0.self_attn.k_proj.weight")?.values ?? [];
    expect(values[2 * 3 * width + width + 1]).toBe(keys[width + 2]);
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

  test("a reward model is called a class of transformers only where that class gives its scores", () => {
    const named = (head: Head) =>
      JSON.parse(new TextDecoder().decode(packModel(modelOf(head)).get("config.json") ?? new Uint8Array()));
    const plain = { kind: "reward" as const, objective: "bradley-terry" as const, scale: 1, offset: 0, normalisation };
    expect(named(plain)).toMatchObject({ architectures: ["LlamaForSequenceClassification"] });
    expect(named(plain)).not.toHaveProperty("touchstone_note");
    const term = { weight: 1, mean: 0, standardDeviation: 1 };
    const length = { mean: 0, standardDeviation: 1 };
    for (const [head, part] of [
      [{ ...plain, likelihood: term }, /likelihood/],
      [{ ...plain, lexical: { buckets: 4, length } }, /words/],
      [{ ...plain, scale: 1.5, offset: 3 }, /offset 3, factor 1\.5/],
    ] as const) {
      const { architectures, touchstone_note } = named(head);
      expect(architectures).toEqual(["TouchstoneRewardModel"]);
      expect(touchstone_note).toMatch(part);
    }
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

describe("model files of others", () => {
  const weights = shakenWeights(gpt2);
  const ours = packModel({ ...modelOf({ kind: "lm" }), config: gpt2, weights });
  const tensors = readSafetensors(ours.get("model.safetensors") ?? new Uint8Array());
  const config = {
    ...{ model_type: "gpt2", vocab_size: 262, n_positions: 8, n_layer: 1, n_head: 2, n_embd: 8, n_inner: 8 },
    ...{ activation_function: "gelu_new", layer_norm_epsilon: 1e-5, attn_pdrop: 0.1, bos_token_id: null },
  };
  const folder = (json: object, changed = tensors) =>
    new Map(ours)
      .set("config.json", new TextEncoder().encode(JSON.stringify(json)))
      .set("model.safetensors", writeSafetensors(changed));

  test("a GPT-2 without our key is a language model, however old its names are", () => {
    expect(unpackModel(folder(config))).toMatchObject({ head: { kind: "lm" }, config: gpt2 });
    const mask = { shape: [1, 1, 8, 8], values: new Float32Array(64) };
    const old = new Map([...tensors].map(([name, tensor]) => [name.replace("transformer.", ""), tensor] as const));
    const output = tensors.get("transformer.wte.weight");
    if (!output) throw new Error("no embedding");
    const again = unpackModel(folder(config, old.set("h.0.attn.bias", mask).set("lm_head.weight", output)));
    expect([...again.weights]).toEqual([...weights]);
  });

  test("a Llama is read with the keys of either generation of transformers", () => {
    const json = JSON.parse(new TextDecoder().decode(files.get("config.json")));
    const { touchstone: _, rope_theta: theta, ...rest } = json;
    const rope_parameters = { rope_type: "default", rope_theta: theta };
    for (const keys of [
      { ...rest, rope_theta: theta },
      { ...rest, rope_parameters },
      { ...rest, head_dim: 4 },
    ]) {
      const folder = new Map(files).set("config.json", new TextEncoder().encode(JSON.stringify(keys)));
      expect(unpackModel(folder)).toMatchObject({ head: { kind: "lm" }, config: unpackModel(files).config });
    }
  });

  const llama = () => JSON.parse(new TextDecoder().decode(files.get("config.json")));
  const withConfig = (json: object) =>
    new Map(files).set("config.json", new TextEncoder().encode(JSON.stringify(json)));

  test("values that transformers takes for its defaults are taken so here", () => {
    const { touchstone: _, rms_norm_eps: __, ...rest } = llama();
    const plain = { ...rest, hidden_act: "swish", rope_theta: null, rope_scaling: { type: "default" } };
    expect(unpackModel(withConfig(plain)).config).toMatchObject({ normEpsilon: 1e-6, ropeTheta: 10_000 });
    const shared = packModel({ ...modelOf({ kind: "lm" }), ...evenHeads });
    const json = JSON.parse(new TextDecoder().decode(shared.get("config.json")));
    const even = new Map(shared).set(
      "config.json",
      new TextEncoder().encode(JSON.stringify({ ...json, num_key_value_heads: null })),
    );
    expect(unpackModel(even).config.kvHeads).toBe(2);
  });

  test("a Llama of before transformers 4.32 keeps its rotations' frequencies in the file, and they are passed over", () => {
    const stored = readSafetensors(files.get("model.safetensors") ?? new Uint8Array());
    const name = "model.layers.0.self_attn.rotary_emb.inv_freq";
    const old = new Map(stored).set(name, { shape: [2], values: Float32Array.of(1, 0.01) });
    const again = unpackModel(new Map(files).set("model.safetensors", writeSafetensors(old)));
    expect([...again.weights.keys()]).not.toContain(name);
  });

  test.each<[string, object, RegExp]>([
    ["biases in half of its layers", { mlp_bias: true }, /mlp_bias is true and attention_bias is not/],
    [
      "rotations of another kind",
      { rope_scaling: { rope_type: "yarn", factor: 4 } },
      /of type “yarn”, and those of type default, linear or llama3 can be used\. Take/,
    ],
    [
      "rotations in part of a head",
      { rope_parameters: { rope_type: "default", partial_rotary_factor: 0.5 } },
      /partial_rotary_factor 0\.5/,
    ],
    [
      "llama3's rotations without their numbers",
      { rope_scaling: { rope_type: "llama3", factor: 4 } },
      /lowFrequencyFactor/,
    ],
    [
      "a window of attention",
      { model_type: "mistral", sliding_window: 4 },
      /with a context of 8 tokens: its attention sees 4 tokens back\. Import it with a context of at most 4/,
    ],
    ["quantised weights", { quantization_config: { bits: 4 } }, /quantization_config: its weights are quantised/],
    [
      "a head of others",
      { architectures: ["LlamaForSequenceClassification"], touchstone: undefined },
      /has a head of its own/,
    ],
  ])("a Llama with %s is refused by what is wrong with it", (_, change, why) => {
    expect(() => unpackModel(withConfig({ ...llama(), ...change }))).toThrow(why);
  });

  test("a file with other tensors is refused by their names", () => {
    const stored = readSafetensors(files.get("model.safetensors") ?? new Uint8Array());
    const spare = { shape: [1], values: Float32Array.of(0) };
    const other = new Map([...stored].filter(([name]) => name !== "model.norm.weight")).set("score.weight", spare);
    expect(() => unpackModel(new Map(files).set("model.safetensors", writeSafetensors(other)))).toThrow(
      /it lacks model\.norm\.weight; there is no place for score\.weight/,
    );
  });

  test("a GPT-2 is shortened to its first positions", () => {
    const longer = { ...gpt2, context: 16 };
    const ofLonger = shakenWeights(longer);
    const packed = packModel({ ...modelOf({ kind: "lm" }), config: longer, weights: ofLonger });
    const shorter = unpackModel(importHuggingFaceModel(packed, 8));
    expect(shorter.config.context).toBe(8);
    const [whole, first] = [ofLonger, shorter.weights].map((all) => all.get("model.embed_positions.weight"));
    expect(first?.shape).toEqual([8, gpt2.width]);
    expect([...(first?.values ?? [])]).toEqual([...(whole?.values ?? [])].slice(0, 8 * gpt2.width));
  });

  test("further ends of generation_config.json stay with the imported model", () => {
    const ends = new TextEncoder().encode(JSON.stringify({ eos_token_id: [2, 7] }));
    const template = "{{ messages[0].content }}";
    const names = { bos_token: "<|bos|>", eos_token: "<|eos|>", chat_template: template };
    const foreign = withConfig(llama())
      .set("tokenizer_config.json", new TextEncoder().encode(JSON.stringify(names)))
      .set("generation_config.json", ends);
    const imported = importHuggingFaceModel(foreign);
    expect(JSON.parse(new TextDecoder().decode(imported.get("config.json"))).eos_token_id).toEqual([2, 7]);
    expect(unpackModel(imported).tokenizer.ends).toEqual([2, 7]);
  });

  const untied = new Map(tensors).set("lm_head.weight", { shape: [262, 8], values: new Float32Array(262 * 8) });
  const [biased, flat] = ["transformer.h.0.mlp.c_fc.bias", "transformer.h.0.attn.c_attn.weight"];
  const hostile: [string, Map<string, Uint8Array>][] = [
    ["another activation", folder({ ...config, activation_function: "relu" })],
    ["scores scaled by layer", folder({ ...config, scale_attn_by_inverse_layer_idx: true })],
    ["a tied output that is another", folder(config, untied)],
    ["a missing tensor", folder(config, new Map([...tensors].filter(([name]) => name !== biased)))],
    [
      "a tensor that it has no place for",
      folder(config, new Map(tensors).set("h.9.ln_1.weight", { shape: [1], values: new Float32Array(1) })),
    ],
    [
      "a tensor on its side",
      folder(config, new Map(tensors).set(flat, { shape: [24, 8], values: new Float32Array(192) })),
    ],
    [
      "biases where it says there are none",
      folder({ ...config, touchstone: { format: 1, head: { kind: "lm" }, biases: false } }),
    ],
    ["stretched rotations", edit("config.json", (json) => ({ ...json, rope_scaling: { type: "yarn", factor: 2 } }))],
    ["heads wider than its weights", edit("config.json", (json) => ({ ...json, head_dim: 8 }))],
    ["biases in half of its layers", edit("config.json", (json) => ({ ...json, attention_bias: true }))],
  ];
  test.each(hostile)("refuses %s with a code", (_, folder) => {
    expect(() => unpackModel(folder)).toThrow(expect.objectContaining({ code: "bad_model_files" }));
  });
});
