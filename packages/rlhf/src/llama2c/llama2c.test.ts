import { openEngine, rotary } from "@touchstone/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rotaryAngleTable } from "../model/decoder.ts";
import { packModel, unpackModel } from "../model/model-files.ts";
import { readTokenizer } from "../tokenizer/read-tokenizer.ts";
import { readLlama2cCheckpoint } from "./checkpoint.ts";
import { readLlama2cModel } from "./model.ts";
import { readLlama2cTokenizer } from "./tokenizer.ts";

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

/** Specials, bytes, then these pieces with scores. @param prefix of the bytes' names */
function tokenizerFile(pieces: readonly (readonly [string, number])[], prefix = "0x"): Uint8Array {
  const specials = ["<unk>", "<s>", "</s>"].map((piece) => [piece, 0] as const);
  const bytes = Array.from(
    { length: 256 },
    (_, byte) => [`<${prefix}${byte.toString(16).padStart(2, "0")}>`, 0] as const,
  );
  const parts = [...specials, ...bytes, ...pieces].flatMap(([piece, score]) => {
    const text = Buffer.from(piece);
    const head = Buffer.alloc(8);
    head.writeFloatLE(score, 0);
    head.writeInt32LE(text.length, 4);
    return [head, text];
  });
  return Buffer.concat([Buffer.alloc(4), ...parts]);
}

/**
 * llama2.c's own rule, as slow as it is plain: of all neighbours that are a piece together those with the best score are joined,
 * the leftmost of equals, until there are none.
 */
function joinedByScore(text: string, pieces: readonly (readonly [string, number])[]): string[] {
  const scores = new Map(pieces);
  const parts = text === "" ? [] : Array.from(` ${text}`);
  for (;;) {
    let best: { at: number; score: number } | undefined;
    for (let at = 0; at + 1 < parts.length; at++) {
      const score = scores.get(`${parts[at]}${parts[at + 1]}`);
      if (score !== undefined && (best === undefined || score > best.score)) best = { at, score };
    }
    if (!best) return parts;
    parts.splice(best.at, 2, `${parts[best.at]}${parts[best.at + 1]}`);
  }
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
  const tokenizer = readTokenizer(readLlama2cTokenizer(file, first + pieces.length));
  const { encode, decode } = tokenizer;
  const id = (piece: string) => first + pieces.findIndex(([one]) => one === piece);

  test("joins the best-scored neighbours first, behind a space", () => {
    expect(encode("ab")).toEqual([id(" a"), id("b")]);
    expect(encode("bab")).toEqual([id(" "), id("b"), id("ab")]);
    expect(encode("babb")).toEqual([id(" "), id("b"), id("abb")]);
    expect(encode("")).toEqual([]);
  });

  test("joins any text as llama2.c does", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(" ", "a", "b"), maxLength: 30 }), (text) => {
        expect(encode(text)).toEqual(joinedByScore(text, pieces).map(id));
      }),
    );
  });

  test("falls back to bytes, and no text spells a special token", () => {
    expect(encode("é")).toEqual([id(" "), 3 + 0xc3, 3 + 0xa9]);
    expect(encode("<s>")).not.toContain(tokenizer.special.bos);
    expect(encode("<0x0a>")).not.toContain(3 + 0x0a);
  });

  test.each(["ab", "b ab", "é中\u{1f600}", " a"])("gives %j back", (text) => {
    expect(decode([1, ...encode(text), 2])).toBe(text);
  });

  test("an answer goes on from its prompt: nothing comes between them, and it comes back as it was", () => {
    expect(tokenizer.encodePrompt([{ role: "user", content: "ab" }])).toEqual([1, id(" a"), id("b")]);
    expect(tokenizer.encodeAnswer("bab")).toEqual([id("b"), id("ab"), 2]);
    expect(tokenizer.encodeAnswer(" ab")).toEqual([id(" a"), id("b"), 2]);
    for (const answer of ["b", " b", "  a b ", "é"]) {
      expect(tokenizer.decodeAnswer(tokenizer.encodeAnswer(answer))).toBe(answer);
    }
  });

  test("is refused with another number of pieces, cut off, or where pieces are not in order", () => {
    const named = (text: string) => tokenizerFile([...pieces, [text, -2]]);
    expect(() => readLlama2cTokenizer(file, first + pieces.length + 1)).toThrow(/can't be used/);
    expect(() => readLlama2cTokenizer(file, 10)).toThrow(/can't be used/);
    expect(() => readLlama2cTokenizer(file.subarray(0, -1), first + pieces.length)).toThrow(/can't be used/);
    expect(() => readLlama2cTokenizer(named("ab"), first + 8)).toThrow(/stands twice/);
    expect(() => readLlama2cTokenizer(named("ba"), first + 8)).toThrow(/same score/);
    expect(() => readLlama2cTokenizer(tokenizerFile(pieces, "zz"), first + 7)).toThrow(/256 bytes must come first/);
  });

  test("comes in with its checkpoint as a whole model, which is saved and read like any other", () => {
    const model = readLlama2cModel(checkpoint(true, { ...header, vocab: first + pieces.length }), file);
    const files = packModel(model);
    expect([...files.keys()]).toEqual(["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]);
    const again = unpackModel(files);
    expect(again.tokenizer.sha256).toBe(model.tokenizer.sha256);
    expect(again.tokenizer.encode("babb")).toEqual(encode("babb"));
    expect(packModel(again)).toEqual(files);
  });
});
