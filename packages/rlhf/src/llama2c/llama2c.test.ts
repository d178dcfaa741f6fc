import { openEngine, rotary } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { rotaryAngleTable } from "../model/decoder.ts";
import { readLlama2cCheckpoint } from "./checkpoint.ts";
import { llamaSpecial, readLlama2cTokenizer } from "./tokenizer.ts";

const header = { width: 8, hidden: 12, layers: 2, heads: 2, kvHeads: 1, vocab: 300, context: 8 };
const countOf = ({ width, hidden, layers, heads, kvHeads, vocab, context }: typeof header, tied: boolean) => {
  const keys = (width / heads) * kvHeads;
  const layer = 2 * width + 2 * width * width + 2 * keys * width + 3 * hidden * width;
  return (tied ? 1 : 2) * vocab * width + layers * layer + width + (context * width) / heads;
};

/** A file whose values count up, so that each shows where it came from. */
function checkpoint(tied = true, sizes = header): Uint8Array {
  const { width, hidden, layers, heads, kvHeads, vocab, context } = sizes;
  const count = countOf(sizes, tied);
  const file = new DataView(new ArrayBuffer(28 + 4 * count));
  const ints = [width, hidden, layers, heads, kvHeads, tied ? vocab : -vocab, context];
  for (const [place, value] of ints.entries()) file.setInt32(4 * place, value, true);
  for (let i = 0; i < count; i++) file.setFloat32(28 + 4 * i, i, true);
  return new Uint8Array(file.buffer);
}

describe("a checkpoint of llama2.c", () => {
  test("comes in under Hugging Face's names, block by block", () => {
    const { config, weights } = readLlama2cCheckpoint(checkpoint());
    expect(config).toMatchObject({ ...header, tied: true, normEpsilon: 1e-5, ropeTheta: 10_000 });
    const first = (name: string) => weights.get(name)?.values[0];
    const embeddings = 300 * 8;
    expect(first("model.embed_tokens.weight")).toBe(0);
    expect(first("model.layers.0.input_layernorm.weight")).toBe(embeddings);
    expect(first("model.layers.1.input_layernorm.weight")).toBe(embeddings + 8);
    expect(first("model.layers.0.self_attn.q_proj.weight")).toBe(embeddings + 16);
    expect(first("model.layers.0.self_attn.v_proj.weight")).toBe(embeddings + 16 + 2 * 64 + 2 * 32);
    expect(weights.has("lm_head.weight")).toBe(false);
    // The output of its own comes last, behind the tables of angles.
    const untied = readLlama2cCheckpoint(checkpoint(false));
    expect(untied.config.tied).toBe(false);
    expect(untied.weights.get("lm_head.weight")?.values.at(-1)).toBe(countOf(header, false) - 1);
  });

  test("queries and keys turn in our order of channels as they did in Llama's", async () => {
    const { tf } = await openEngine();
    const { config, weights } = readLlama2cCheckpoint(checkpoint());
    const [width, size] = [config.width, config.width / config.heads];
    const angles = rotaryAngleTable(config, 4);
    const tables = [Math.cos, Math.sin].map((f) => tf.tensor2d(angles.map(f), [4, size / 2]));
    const [cosine, sine] = tables;
    if (!cosine || !sine) throw new Error("no tables");
    const states = tf.randomUniform([4, width], -1, 1, "float32", 7);
    const original = Float32Array.from({ length: width * width }, (_, i) => 300 * 8 + 16 + i);
    const turned = (values: Float32Array, interleaved: boolean) => {
      const projected = tf.matMul(states, tf.tensor2d(values, [width, width]), false, true);
      const rows = rotary(tf, projected.reshape([1, 4, config.heads, size]), cosine, sine, { interleaved });
      return tf.matMul(rows.reshape([4, width]), rows.reshape([4, width]), false, true).dataSync();
    };
    const ours = turned(weights.get("model.layers.0.self_attn.q_proj.weight")?.values ?? original, false);
    for (const [i, value] of turned(original, true).entries()) expect((ours[i] ?? 0) / value).toBeCloseTo(1, 4);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ["cut off", checkpoint().subarray(0, -4), /asks for \d+ bytes/],
    ["too long", Uint8Array.of(...checkpoint(), 0), /asks for \d+ bytes/],
    ["shorter than its header", checkpoint().subarray(0, 20), /shorter than its header/],
    ["of impossible sizes", checkpoint(true, { ...header, heads: 3, width: 9 }), /header/],
    ["asking for the moon", withInt(checkpoint(), 0, 4_096), /asks for \d+ bytes/],
    ["of negative sizes", withInt(checkpoint(), 2, -1), /header/],
    ["not a number", withInt(checkpoint(), 9, 0x7fc00000), /no numbers/],
  ])("is refused when it is %s", (_, file, why) => {
    expect(() => readLlama2cCheckpoint(file)).toThrow(why);
  });
});

function withInt(file: Uint8Array, place: number, value: number): Uint8Array {
  const copy = file.slice();
  new DataView(copy.buffer).setInt32(4 * place, value, true);
  return copy;
}

/** Specials, bytes, then these pieces with scores. */
function tokenizerFile(pieces: readonly (readonly [string, number])[]): Uint8Array {
  const specials = ["<unk>", "<s>", "</s>"].map((piece) => [piece, 0] as const);
  const bytes = Array.from({ length: 256 }, (_, byte) => [`<0x${byte.toString(16).padStart(2, "0")}>`, 0] as const);
  const parts = [...specials, ...bytes, ...pieces].flatMap(([piece, score]) => {
    const text = Buffer.from(piece);
    const head = Buffer.alloc(8);
    head.writeFloatLE(score, 0);
    head.writeInt32LE(text.length, 4);
    return [head, text];
  });
  return Buffer.concat([Buffer.alloc(4), ...parts]);
}

describe("a tokenizer of llama2.c", () => {
  const first = 3 + 256;
  const pieces = [
    [" ", -9],
    ["a", -9],
    ["b", -9],
    ["ab", -2],
    [" a", -1],
    ["abb", -3],
    ["bb", -5],
  ] as const;
  const file = tokenizerFile(pieces);
  const { encode, decode } = readLlama2cTokenizer(file, first + pieces.length);
  const id = (piece: string) => first + pieces.findIndex(([one]) => one === piece);

  test("joins the best-scored neighbours first, behind a space", () => {
    expect(encode("ab")).toEqual([id(" a"), id("b")]);
    expect(encode("bab")).toEqual([id(" "), id("b"), id("ab")]);
    expect(encode("babb")).toEqual([id(" "), id("b"), id("abb")]);
    expect(encode("")).toEqual([]);
  });

  test("falls back to bytes, and no text spells a special token", () => {
    expect(encode("é")).toEqual([id(" "), 3 + 0xc3, 3 + 0xa9]);
    expect(encode("<s>")).not.toContain(llamaSpecial.bos);
    expect(encode("<0x0a>")).not.toContain(3 + 0x0a);
  });

  test.each(["ab", "b ab", "é中\u{1f600}", " a"])("gives %j back", (text) => {
    expect(decode([llamaSpecial.bos, ...encode(text), llamaSpecial.eos])).toBe(text);
  });

  test("is refused with another number of pieces, or cut off", () => {
    expect(() => readLlama2cTokenizer(file, first + pieces.length + 1)).toThrow(/can't be used/);
    expect(() => readLlama2cTokenizer(file, 10)).toThrow(/can't be used/);
    expect(() => readLlama2cTokenizer(file.subarray(0, -1), first + pieces.length)).toThrow(/can't be used/);
  });
});
