import { readFileSync } from "node:fs";
import { bytesInMemory, type Gguf, type GgufTensor, type GgufValue, openGguf } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { checkRoomOf } from "../model/imported-model.ts";
import { checkRoom } from "../model/room.ts";
import { rotaryFrequencies } from "../model/rotary-frequencies.ts";
import { modelIn, readGgufModel } from "./model.ts";

const file = "tiny.gguf";
const bytesOf = (name: string) => readFileSync(new URL(`../known-answers/${name}.gguf`, import.meta.url));
const opened = (name: string) => openGguf(bytesInMemory(bytesOf(name)));
const [llama, qwen2, gpt2] = ["llama", "qwen2", "gpt2"].map(opened);
if (!llama || !qwen2 || !gpt2) throw new Error("no files");
const read = (gguf: Gguf, context = 32) => modelIn(gguf, file, context, () => {});

/** The file with other metadata; undefined takes a key out. */
function withKeys(gguf: Gguf, changes: Readonly<Record<string, GgufValue | undefined>>): Gguf {
  const changed = [...gguf.metadata, ...Object.entries(changes)];
  const kept = new Map(changed.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  for (const [key, value] of Object.entries(changes)) if (value === undefined) kept.delete(key);
  return { ...gguf, metadata: kept };
}

/** The file with other tensors; null takes one out. */
function withTensors(gguf: Gguf, changes: Readonly<Record<string, Partial<GgufTensor> | null>>, values = 0.5): Gguf {
  const tensors = new Map(gguf.tensors);
  const plain: GgufTensor = { shape: [1], type: { name: "F32", values: 1, bytes: 4 }, offset: 0, bytes: 4 };
  for (const [name, change] of Object.entries(changes)) {
    if (change === null) tensors.delete(name);
    else tensors.set(name, { ...(tensors.get(name) ?? plain), ...change });
  }
  return {
    ...gguf,
    tensors,
    read(name) {
      if (!(name in changes)) return gguf.read(name);
      const shape = tensors.get(name)?.shape ?? [];
      return { shape, values: new Float32Array(shape.reduce((size, extent) => size * extent, 1)).fill(values) };
    },
  };
}

const texts = (gguf: Gguf, key: string): readonly string[] => {
  const value = gguf.metadata.get(key);
  return Array.isArray(value) ? value.map(String) : [];
};

describe("a model in a GGUF file", () => {
  test("takes no more context than it is asked to, learned positions included", () => {
    expect(read(qwen2, 16).model.config.context).toBe(16);
    const { model } = read(gpt2, 16);
    expect(model.weights.get("model.embed_positions.weight")?.shape).toEqual([16, 32]);
    expect(read(gpt2, 4_096).model.config.context).toBe(32);
  });

  test("stops where its turns and its texts end", () => {
    expect(read(qwen2).model.tokenizer.ends).toEqual([2, 0]);
  });

  test("has the rotations of Llama 3.1 where its factors are theirs, and is refused with others", () => {
    const { config } = read(llama).model;
    const theirs = {
      type: "llama3",
      ...{ factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContext: 8_192 },
    } as const;
    const slowed = rotaryFrequencies({ ...config, ropeTheta: 500_000, ropeScaling: theirs });
    const factors = rotaryFrequencies({ ...config, ropeTheta: 500_000 }).map((plain, at) => plain / (slowed[at] ?? 0));
    expect(new Set(factors.map(Math.round))).toEqual(new Set([1, 3, 8]));
    const scaled = (values: readonly number[]): Gguf => {
      const gguf = withTensors(withKeys(llama, { "llama.rope.freq_base": 500_000 }), { "rope_freqs.weight": {} });
      const freqs = { shape: [values.length], values: Float32Array.from(values) };
      return { ...gguf, read: (name) => (name === "rope_freqs.weight" ? freqs : gguf.read(name)) };
    };
    expect(read(scaled(factors)).model.config.ropeScaling).toEqual(theirs);
    expect(() => read(scaled([1, 2, 4, 8]))).toThrow(/rotary positions are of type “rope_freqs\.weight”/);
    const linear = withKeys(llama, { "llama.rope.scaling.type": "linear", "llama.rope.scaling.factor": 2 });
    expect(read(linear).model.config.ropeScaling).toEqual({ type: "linear", factor: 2 });
  });

  const tokens = texts(qwen2, "tokenizer.ggml.tokens");
  const merges = texts(qwen2, "tokenizer.ggml.merges");
  test.each<[string, Gguf, RegExp]>([
    [
      "another architecture",
      withKeys(llama, { "general.architecture": "gemma3" }),
      /architecture “gemma3”, and llama, qwen2, qwen3, gpt2 are computed\. Take one/,
    ],
    ["no architecture", withKeys(llama, { "general.architecture": undefined }), /general\.architecture: it is missing/],
    [
      "a key that may change how it computes",
      withKeys(llama, { "llama.attention.scale": 0.5 }),
      /llama\.attention\.scale: nothing is known here/,
    ],
    ["no width", withKeys(llama, { "llama.embedding_length": undefined }), /llama\.embedding_length: it is missing/],
    [
      "a width that is a text",
      withKeys(llama, { "llama.embedding_length": "32" }),
      /llama\.embedding_length: it is not a number/,
    ],
    ["an absurd width", withKeys(llama, { "llama.embedding_length": 1e9 }), /width/],
    [
      "a width that is not its tensors'",
      withKeys(llama, { "llama.embedding_length": 64 }),
      /token_embd\.weight is not of shape \[\d+,64\]/,
    ],
    ["more layers than tensors", withKeys(llama, { "llama.block_count": 2 }), /lacks blk\.1\.attn_norm\.weight/],
    [
      "heads that differ between layers",
      withKeys(llama, { "llama.attention.head_count": [4, 2] }),
      /head_count: it differs between layers/,
    ],
    [
      "heads that can't share keys",
      withKeys(llama, { "llama.attention.head_count_kv": 3 }),
      /heads must be a multiple/,
    ],
    [
      "values of another size than keys",
      withKeys(llama, { "llama.attention.value_length": 16 }),
      /value_length: it is 16, and all 8 values/,
    ],
    [
      "rotations in part of a head",
      withKeys(llama, { "llama.rope.dimension_count": 4 }),
      /rope\.dimension_count: it is 4/,
    ],
    ["rotations of another kind", withKeys(llama, { "llama.rope.scaling.type": "yarn" }), /of type “yarn”/],
    ["experts", withKeys(llama, { "llama.expert_count": 8 }), /mixtures of experts/],
    [
      "a window of attention",
      withKeys(llama, { "llama.attention.sliding_window": 8 }),
      /its attention sees 8 tokens back/,
    ],
    ["a missing tensor", withTensors(llama, { "blk.0.ffn_up.weight": null }), /lacks blk\.0\.ffn_up\.weight/],
    ["a further tensor", withTensors(llama, { "blk.0.attn_sinks": {} }), /no place for blk\.0\.attn_sinks/],
    [
      "a tensor on its side",
      withTensors(llama, { "blk.0.ffn_up.weight": { shape: [32, 64] } }),
      /ffn_up\.weight is not of shape \[64,32\]/,
    ],
    [
      "values that are no numbers",
      withTensors(llama, { "output_norm.weight": {} }, Number.NaN),
      /output_norm\.weight holds values that are no numbers/,
    ],
    [
      "a tokenizer of another kind",
      withKeys(qwen2, { "tokenizer.ggml.model": "t5" }),
      /tokenizer\.ggml\.model is “t5”, and gpt2, llama are read/,
    ],
    [
      "words by rules that are not known",
      withKeys(qwen2, { "tokenizer.ggml.pre": "default" }),
      /tokenizer\.ggml\.pre is “default”, and gpt-2, smollm/,
    ],
    ["no rules for words", withKeys(qwen2, { "tokenizer.ggml.pre": undefined }), /tokenizer\.ggml\.pre: it is missing/],
    ["no pieces", withKeys(qwen2, { "tokenizer.ggml.tokens": undefined }), /tokenizer\.ggml\.tokens: it is missing/],
    [
      "a piece twice",
      withKeys(qwen2, { "tokenizer.ggml.tokens": tokens.with(9, tokens[8] ?? "") }),
      /piece 9 is empty or stands twice/,
    ],
    ["kinds for other pieces", withKeys(qwen2, { "tokenizer.ggml.token_type": [1, 1] }), /2 entries for \d+ pieces/],
    [
      "more pieces than rows",
      withKeys(qwen2, {
        "tokenizer.ggml.tokens": [...tokens, "more"],
        "tokenizer.ggml.token_type": [...tokens, 1].map(() => 1),
      }),
      /has room for \d+ pieces, the tokenizer has/,
    ],
    [
      "a merge of pieces that do not exist",
      withKeys(qwen2, { "tokenizer.ggml.merges": ["q zzz"] }),
      /merge 0 is not of two pieces/,
    ],
    [
      "a merge of a piece with nothing, which would never end",
      withKeys(qwen2, { "tokenizer.ggml.merges": [`${tokens[9]} `] }),
      /merge 0 is not of two pieces/,
    ],
    [
      "a merge twice",
      withKeys(qwen2, { "tokenizer.ggml.merges": [...merges, merges[0] ?? ""] }),
      /a merge stands twice/,
    ],
    [
      "no end",
      withKeys(qwen2, { "tokenizer.ggml.eos_token_id": undefined }),
      /eos_token_id: it is missing, and without it no answer can end/,
    ],
    ["an end that is no piece", withKeys(qwen2, { "tokenizer.ggml.eos_token_id": 1e6 }), /there is no piece 1000000/],
    ["scores for other pieces", withKeys(llama, { "tokenizer.ggml.scores": [1] }), /scores: it has 1 entries/],
    [
      "pieces of one score",
      withKeys(llama, { "tokenizer.ggml.scores": texts(llama, "tokenizer.ggml.tokens").map(() => -1) }),
      /two pieces have the same score/,
    ],
    [
      "a template that is no Jinja",
      withKeys(qwen2, { "tokenizer.chat_template": "{% for %}" }),
      /The chat template can't be used/,
    ],
    [
      "a template that is a number",
      withKeys(qwen2, { "tokenizer.chat_template": 7 }),
      /chat_template: it is not a text/,
    ],
  ])("with %s is refused by name, within a second", (_, gguf, why) => {
    const began = process.cpuUsage();
    expect(() => read(gguf)).toThrow(
      expect.objectContaining({ code: "bad_model_files", message: expect.stringMatching(why) }),
    );
    expect(process.cpuUsage(began).user).toBeLessThan(1e6);
  });

  test("cut off, damaged, of another version or type is refused with the cure", () => {
    const bytes = bytesOf("llama");
    const readBytes = (changed: Uint8Array) => () => readGgufModel(bytesInMemory(changed), file, 32, () => {});
    const changed = (at: number, byte: number) => Uint8Array.from(bytes, (old, index) => (index === at ? byte : old));
    expect(readBytes(bytes.subarray(0, -100))).toThrow(
      /tiny\.gguf can't be used: .* ends at byte .*\. It was not fetched whole: fetch it again/,
    );
    expect(readBytes(changed(0, 0x50))).toThrow(/tiny\.gguf can't be used as a GGUF file: it does not begin with GGUF/);
    expect(readBytes(changed(4, 1))).toThrow(/Convert the model again/);
    const name = bytes.indexOf("blk.0.ffn_up.weight") + "blk.0.ffn_up.weight".length;
    expect(readBytes(changed(name + 4 + 16, 10))).toThrow(
      /blk\.0\.ffn_up\.weight is of type Q2_K, and F32, .* are read\. Take/,
    );
  });

  test("that has no room is refused before a weight is read, with what it takes and what is there", () => {
    const gguf: Gguf = {
      ...llama,
      read: () => {
        throw new Error("read");
      },
    };
    const weights = [...llama.tensors.values()].reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    expect(() => modelIn(gguf, file, 32, (count) => checkRoom(file, count, 100_000))).toThrow(
      `tiny.gguf can't be loaded: its weights (${weights}) take ${Math.round((8 * weights) / 1e6)} MB while they are read, and 0 MB are there.`,
    );
    expect(() => checkRoom(file, 2 ** 31)).toThrow(/take 17180 MB/);
    const config = new TextEncoder().encode(
      JSON.stringify({
        ...{
          model_type: "qwen2",
          vocab_size: 151_936,
          hidden_size: 896,
          intermediate_size: 4_864,
          num_hidden_layers: 24,
        },
        ...{
          num_attention_heads: 14,
          num_key_value_heads: 2,
          max_position_embeddings: 32_768,
          tie_word_embeddings: true,
        },
      }),
    );
    expect(() => checkRoomOf(config, 2_048, 3e9)).toThrow(
      /config\.json can't be loaded: its weights \(494032768\) take 3952 MB .* 3000 MB are there/,
    );
    expect(() => checkRoomOf(config, undefined, 4e9)).not.toThrow();
  });
});
