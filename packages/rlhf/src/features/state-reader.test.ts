import { type Message, ModelConfig } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { initialWeights } from "../model/initial-weights.ts";
import { rotaryFrequencies } from "../model/rotary-frequencies.ts";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { type FeatureCache, openStateReader } from "./state-reader.ts";
import { layersRead, packRow, rowWidth, unpackRow } from "./state-row.ts";

const engine = await openEngine();
const tokenizer = openTokenizer([]);
const config = ModelConfig.parse({
  ...{ vocab: tokenizer.vocab, context: 64, layers: 4, heads: 2, kvHeads: 1, width: 8, hidden: 12 },
});
const weights = initialWeights(config, { kind: "lm" }, 3);
const model = { config, tokenizer, head: { kind: "lm" as const }, weights };
const prompt: Message[] = [{ role: "user", content: "why?" }];
const items = ["because", "so it is, and so it stays", "no", "because"].map((text) => ({ prompt, text }));

type Rows = number[][];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const dot = (x: readonly number[], y: readonly number[]) => sum(x.map((value, i) => value * (y[i] ?? 0)));
const matrix = (name: string): Rows => {
  const { shape, values } = weights.get(name) ?? { shape: [0, 0], values: new Float32Array() };
  const [rows = 0, columns = 0] = shape;
  return Array.from({ length: rows }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]);
};
const times = (x: Rows, name: string): Rows => x.map((row) => matrix(name).map((column) => dot(row, column)));
const plus = (x: Rows, y: Rows): Rows => x.map((row, i) => row.map((value, j) => value + (y[i]?.[j] ?? 0)));
const normed = (x: Rows, name: string): Rows => {
  const gain = [...(weights.get(name)?.values ?? [])];
  return x.map((row) => {
    const size = Math.sqrt(sum(row.map((value) => value ** 2)) / row.length + config.normEpsilon);
    return row.map((value, i) => (value / size) * (gain[i] ?? 0));
  });
};
const turned = (vector: readonly number[], position: number): number[] => {
  const half = vector.length / 2;
  return vector.map((value, i) => {
    const angle = position * (rotaryFrequencies(config)[i % half] ?? 0);
    const other = i < half ? -(vector[i + half] ?? 0) : (vector[i - half] ?? 0);
    return value * Math.cos(angle) + other * Math.sin(angle);
  });
};
const softmax = (logits: readonly number[]) => {
  const all = sum(logits.map(Math.exp));
  return logits.map((logit) => Math.exp(logit) / all);
};

/** A Llama written out in numbers: the states after each count of blocks. */
function plainStates(ids: readonly number[]): Rows[] {
  const size = config.width / config.heads;
  const table = matrix("model.embed_tokens.weight");
  let x: Rows = ids.map((id) => table[id] ?? []);
  const states = [x];
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `model.layers.${layer}`;
    const h = normed(x, `${at}.input_layernorm.weight`);
    const [q, k, v] = ["q", "k", "v"].map((which) => times(h, `${at}.self_attn.${which}_proj.weight`));
    const mixed = ids.map((_, position) =>
      Array.from({ length: config.heads }, (__, head) => {
        const query = turned(q?.[position]?.slice(head * size, (head + 1) * size) ?? [], position);
        const logits = ids
          .slice(0, position + 1)
          .map((___, seen) => dot(query, turned(k?.[seen] ?? [], seen)) / Math.sqrt(size));
        const shares = softmax(logits);
        return Array.from({ length: size }, (___, i) =>
          sum(shares.map((share, seen) => share * (v?.[seen]?.[i] ?? 0))),
        );
      }).flat(),
    );
    x = plus(x, times(mixed, `${at}.self_attn.o_proj.weight`));
    const g = normed(x, `${at}.post_attention_layernorm.weight`);
    const [gate, up] = ["gate", "up"].map((which) => times(g, `${at}.mlp.${which}_proj.weight`));
    const inner = gate?.map((row, i) => row.map((value, j) => (value / (1 + Math.exp(-value))) * (up?.[i]?.[j] ?? 0)));
    x = plus(x, times(inner ?? [], `${at}.mlp.down_proj.weight`));
    states.push(x);
  }
  states[config.layers] = normed(x, "model.norm.weight");
  return states;
}

test("states and likelihood are those of a forward pass written out in numbers", async () => {
  const reader = openStateReader(engine, model, "model", 64);
  const rows = await reader.read(items);
  reader.dispose();
  expect(layersRead(config)).toEqual([1, 2, 3, 4]);
  for (const [index, { text }] of items.entries()) {
    const ids = [...tokenizer.encodePrompt(prompt), ...tokenizer.encodeAnswer(text)];
    const start = tokenizer.encodePrompt(prompt).length;
    const states = plainStates(ids);
    const row = rows[index];
    for (const [place, layer] of layersRead(config).entries()) {
      const own = states[layer]?.slice(start) ?? [];
      for (let i = 0; i < config.width; i++) {
        expect(row?.mean[place * config.width + i]).toBeCloseTo(sum(own.map((state) => state[i] ?? 0)) / own.length, 4);
        expect(row?.last[place * config.width + i]).toBeCloseTo(own.at(-1)?.[i] ?? Number.NaN, 4);
      }
    }
    const logProbs = ids.slice(start).map((id, offset) => {
      const state = states[config.layers]?.[start + offset - 1] ?? [];
      const name = config.tied ? "model.embed_tokens.weight" : "lm_head.weight";
      return Math.log(softmax(times([state], name)[0] ?? [])[id] ?? Number.NaN);
    });
    expect(row?.logProb).toBeCloseTo(sum(logProbs) / logProbs.length, 4);
    expect(row?.tokens).toBe(logProbs.length);
  }
});

/** A cache that remembers what it was asked. */
function remembering() {
  const kept = new Map<string, Float32Array>();
  const cache: FeatureCache = {
    read: async (key) => kept.get(key),
    write: async (key, row) => void kept.set(key, row),
  };
  return { kept, cache };
}

test("what was computed is not computed again, for this model and text alone", async () => {
  const { kept, cache } = remembering();
  const told: number[] = [];
  const onProgress = ({ tokens }: { tokens: number }) => void told.push(tokens);
  const reader = openStateReader(engine, model, "model", 64);
  const before = engine.tf.memory().numTensors;
  const first = await reader.read(items, { cache, onProgress });
  expect(kept.size).toBe(3); // two of the four are the same answer
  expect(engine.tf.memory().numTensors - before).toBe(weights.size);
  expect(told.at(-1)).toBeGreaterThan(0);
  told.length = 0;
  expect(await reader.read(items, { cache, onProgress })).toEqual(first);
  expect(told).toEqual([0]);
  reader.dispose();
  const other = openStateReader(engine, model, "another model", 64);
  await other.read(items, { cache });
  await other.read([{ prompt: [], text: "because" }], { cache });
  expect(kept.size).toBe(7);
  other.dispose();
});

test("a row of another width, as of a cut file, is computed anew", async () => {
  const { kept, cache } = remembering();
  const reader = openStateReader(engine, model, "model", 64);
  const [whole] = await reader.read(items.slice(0, 1), { cache });
  for (const key of kept.keys()) kept.set(key, new Float32Array(rowWidth(config) - 1));
  expect(await reader.read(items.slice(0, 1), { cache })).toEqual([whole]);
  reader.dispose();
  expect(whole && unpackRow(packRow(whole))).toEqual(whole);
});

test("of an answer that is too long the beginning is read, and that is said", async () => {
  const reader = openStateReader(engine, model, "model", 16);
  const [row, other] = await reader.read([
    { prompt, text: "a".repeat(40) },
    { prompt, text: "a" },
  ]);
  expect([row?.truncated, other?.truncated]).toEqual([true, false]);
  expect(row?.tokens).toBeLessThan(16);
  reader.dispose();
});
