import { readFileSync } from "node:fs";
import { Message } from "@touchstone/contracts";
import { bytesInMemory, openEngine, openGguf, writeSafetensors } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { importAdapter } from "../adapter/import-adapter.ts";
import { openMetadata } from "../gguf/metadata.ts";
import { readGgufModel } from "../gguf/model.ts";
import { readGgufTokenizer } from "../gguf/tokenizer.ts";
import { toBatch } from "../model/batch.ts";
import { hiddenStates } from "../model/decoder.ts";
import { importHuggingFaceModel } from "../model/imported-model.ts";
import { type Model, packModel, unpackModel } from "../model/model-files.ts";
import { openPolicy } from "../rollout/open-policy.ts";
import { policyLogits } from "../rollout/policy.ts";
import { sampleAnswers } from "../rollout/sample-answers.ts";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { readTokenizer } from "../tokenizer/read-tokenizer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { seeded } from "./seeded.fixture.ts";

/** Numbers that make.py wrote down, by transformers, tokenizers and sentencepiece themselves. */
const Answers = z.object({ logits: z.array(z.array(z.array(z.number()))), greedy: z.array(z.array(z.number())) });
const Asked = z.object({ rows: z.array(z.array(z.number())), shown: z.array(z.number()) });
const Family = Answers.extend({
  config: z.looseObject({ model_type: z.string() }),
  shapes: z.record(z.string(), z.array(z.number())),
});
const Adapter = Answers.extend({
  base: z.string(),
  config: z.looseObject({ peft_type: z.literal("LORA") }),
  shapes: z.record(z.string(), z.array(z.number())),
});
const Tokens = z.object({
  texts: z.array(z.string()),
  conversations: z.array(z.array(Message)),
  templates: z.record(z.string(), z.string()),
  ids: z.record(z.string(), z.array(z.array(z.number()))),
  renderings: z.record(z.string(), z.array(z.array(z.number()))),
});
const bytesOf = (name: string) => readFileSync(new URL(name, import.meta.url));
const json = (name: string): unknown => JSON.parse(bytesOf(name).toString());
const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value));

const engine = await openEngine();
const { rows, shown } = Asked.parse(json("families.json"));

/** A file of the tensors that follow from these names. */
const seededFile = (shapes: Readonly<Record<string, readonly number[]>>) =>
  writeSafetensors(
    new Map(Object.entries(shapes).map(([name, shape]) => [name, { shape, values: seeded(name, shape) }])),
  );
/** A family's model as a folder. */
const folderOf = ({ config, shapes }: Pick<z.infer<typeof Family>, "config" | "shapes">) =>
  new Map([["config.json", bytes(config)], ["model.safetensors", seededFile(shapes)], ...openTokenizer([]).files]);

function expectAnswers(model: Model, { logits }: z.infer<typeof Answers>): void {
  const policy = openPolicy(engine.tf, model);
  const ours = rows.map((row) =>
    engine.tf.tidy(() =>
      policyLogits(policy, hiddenStates(engine.tf, policy.parameters, policy.config, toBatch([row]))).arraySync(),
    ),
  );
  policy.parameters.dispose();
  const said = ours.map((row) => row.map((position) => shown.map((at) => position[at] ?? Number.NaN)));
  const worst = Math.max(...said.flat(2).map((value, at) => Math.abs(value - (logits.flat(2)[at] ?? Number.NaN))));
  expect(worst).toBeLessThanOrEqual(1e-4);
}

/** What a model goes on with, by the decoder that generates. */
async function greedyOf(model: Model): Promise<number[][]> {
  const policy = openPolicy(engine.tf, model);
  // None of its tokens ends an answer: what is compared is what the likeliest ones are.
  const tokenizer: Tokenizer = { ...model.tokenizer, ends: [], special: { ...model.tokenizer.special, eos: -1 } };
  const options = { temperature: 0, topK: 0, topP: 1, maxNewTokens: 8 };
  const answers = await sampleAnswers({ policy, prompts: rows, tokenizer, options, seed: 1 });
  policy.parameters.dispose();
  return answers.map(({ tokens }) => [...tokens]);
}

describe("a model of each family", () => {
  const { rows: _, shown: __, ...families } = z.record(z.string(), z.unknown()).parse(json("families.json"));
  const tokenizer = openTokenizer([]);

  test.each(Object.entries(families))(
    "%s has the logits and the greedy answers that transformers has",
    async (_, entry) => {
      const family = Family.parse(entry);
      const model = unpackModel(importHuggingFaceModel(folderOf(family)));
      expectAnswers(model, family);
      expect(await greedyOf(model)).toEqual(family.greedy);
    },
  );

  test("is the same model in shards, and refused where the shards are not those of the index", () => {
    const family = Family.parse(families.Qwen2);
    const names = Object.keys(family.shapes);
    const shard = (part: readonly string[]) =>
      writeSafetensors(
        new Map(
          part.map((name) => [
            name,
            { shape: family.shapes[name] ?? [], values: seeded(name, family.shapes[name] ?? []) },
          ]),
        ),
      );
    const [first, second] = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"] as const;
    const [left, right] = [names.slice(0, 5), names.slice(5)];
    const weight_map = Object.fromEntries([
      ...left.map((name) => [name, first]),
      ...right.map((name) => [name, second]),
    ]);
    const whole = new Map([["config.json", bytes(family.config)], ...tokenizer.files]);
    const sharded = new Map(whole)
      .set("model.safetensors.index.json", bytes({ weight_map }))
      .set(first, shard(left))
      .set(second, shard(right));
    const joined = importHuggingFaceModel(sharded);
    expect(joined).toEqual(importHuggingFaceModel(new Map(whole).set("model.safetensors", shard(names))));
    const broken: [Map<string, Uint8Array>, RegExp][] = [
      [
        new Map([...sharded].filter(([name]) => name !== second)),
        /model-00002-of-00002\.safetensors can't be used: it is missing/,
      ],
      [
        new Map(sharded).set(second, shard(right.slice(1))),
        /is not in model-00002-of-00002\.safetensors, where it is listed/,
      ],
      [
        new Map(sharded).set(second, shard(names.slice(4))),
        /lies in model-00002-of-00002\.safetensors, where it is not listed/,
      ],
      [
        new Map(sharded).set("model.safetensors.index.json", bytes({ weight_map: { x: "../secret.safetensors" } })),
        /no file's beside it/,
      ],
      [
        new Map(sharded).set("model.safetensors.index.json", Uint8Array.of(1)),
        /index\.json can't be used: it is no JSON/,
      ],
    ];
    for (const [folder, why] of broken) expect(() => importHuggingFaceModel(folder)).toThrow(why);
  });
});

describe("a PEFT adapter", () => {
  const families = z.looseObject({}).parse(json("families.json"));

  test.each(Object.entries(z.record(z.string(), z.unknown()).parse(json("adapters.json"))))(
    "%s has, laid on its base, the logits and the greedy answers that peft has",
    async (_, entry) => {
      const { base, config, shapes, ...answers } = Adapter.parse(entry);
      const adapter = new Map([
        ["adapter_config.json", bytes(config)],
        ["adapter_model.safetensors", seededFile(shapes)],
      ]);
      const { files } = importAdapter(adapter, folderOf(Family.parse(families[base])));
      const model = unpackModel(files);
      expectAnswers(model, answers);
      expect(await greedyOf(model)).toEqual(answers.greedy);
    },
  );
});

describe("a GGUF file", () => {
  const { rows: _, shown: __, ...known } = z.record(z.string(), z.unknown()).parse(json("gguf.json"));

  test.each(Object.entries(known))(
    "of %s has the logits and the greedy answers that transformers reads out of it",
    async (name, entry) => {
      const answers = Answers.parse(entry);
      const { model, report } = readGgufModel(bytesInMemory(bytesOf(`${name}.gguf`)), `${name}.gguf`, 4_096, () => {});
      expect(report).toMatchObject({ architecture: name, chatTemplate: true, context: 32 });
      const again = unpackModel(packModel(model));
      expect(again.config).toEqual(model.config);
      expectAnswers(again, answers);
      expect(await greedyOf(again)).toEqual(answers.greedy);
    },
  );
});

describe("a tokenizer", () => {
  const { texts, conversations, templates, ids, renderings } = Tokens.parse(json("tokens.json"));
  const fileOf = (name: string) =>
    readGgufModel(bytesInMemory(bytesOf(`${name}.gguf`)), name, 32, () => {}).model.tokenizer;

  test.each(Object.keys(ids))("of %s has the ids of 200 difficult texts that its own library has", (pre) => {
    const tokenizer = pre === "llama" ? fileOf("llama") : withRules(pre);
    const differing = texts.flatMap((text, at) => {
      const [ours, theirs] = [tokenizer.encode(text), ids[pre]?.[at]];
      return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ text, ours, theirs }];
    });
    expect(differing).toEqual([]);
    expect(texts).toHaveLength(200);
  });

  /** The pieces and merges of the GPT-2 by the rules of another family. */
  function withRules(pre: string): Tokenizer {
    const { metadata, ...gguf } = openGguf(bytesInMemory(bytesOf("gpt2.gguf")));
    const ruled = new Map(metadata).set("tokenizer.ggml.pre", pre);
    return readGgufTokenizer(openMetadata("gpt2.gguf", { ...gguf, metadata: ruled }));
  }

  test.each(Object.keys(templates))("writes conversations as transformers does by a template with %s", (name) => {
    const { files } = fileOf("qwen2");
    const config = JSON.parse(new TextDecoder().decode(files.get("tokenizer_config.json")));
    const changed = bytes({ ...config, chat_template: templates[name] });
    const tokenizer = readTokenizer(new Map(files).set("tokenizer_config.json", changed));
    expect(conversations.map((messages) => tokenizer.encodePrompt(messages))).toEqual(renderings[name]);
  });
});
