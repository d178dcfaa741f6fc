import { Lora, ModelConfig } from "@touchstone/contracts";
import { openEngine, type SafeTensor, seededRandom, writeSafetensors } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import type { Head } from "../model/head.ts";
import { openAdapters } from "../model/lora.ts";
import { adapterFiles } from "../model/lora-files.ts";
import { packModel, unpackModel } from "../model/model-files.ts";
import { openParameters, readVariables } from "../model/parameters.ts";
import { shakenWeights, styles } from "../model/styles.fixture.ts";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { importAdapter } from "./import-adapter.ts";

const { tf } = await openEngine();
const config = ModelConfig.parse({ vocab: 262, context: 8, layers: 2, heads: 2, kvHeads: 1, width: 8, hidden: 12 });
const bytes = (json: object) => new TextEncoder().encode(JSON.stringify(json));
const jsonOf = (file: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(file));
const baseOf = (sizes = config, head: Head = { kind: "lm" }) =>
  packModel({ config: sizes, head, tokenizer: openTokenizer([]), weights: shakenWeights(sizes, head) });

const normalisation = { mean: 0, standardDeviation: 1, referenceSet: "training answers", answers: 10 };
const settings = {
  ...{ peft_type: "LORA", task_type: "CAUSAL_LM", base_model_name_or_path: "somebody/tiny" },
  ...{ r: 2, lora_alpha: 4, target_modules: ["q_proj", "up_proj"] },
};
const random = seededRandom("adapter");
const tensor = (...shape: [number, number]): SafeTensor => ({ shape, values: random.normals(shape[0] * shape[1]) });
const at = (layer: number, module: string, part: "A" | "B") =>
  `base_model.model.model.layers.${layer}.${module}.lora_${part}.weight`;
const tensors = new Map(
  [0, 1].flatMap((layer): [string, SafeTensor][] => [
    [at(layer, "self_attn.q_proj", "A"), tensor(2, 8)],
    [at(layer, "self_attn.q_proj", "B"), tensor(8, 2)],
    [at(layer, "mlp.up_proj", "A"), tensor(2, 8)],
    [at(layer, "mlp.up_proj", "B"), tensor(12, 2)],
  ]),
);
const folder = (changed: object = {}, its: typeof tensors = tensors) =>
  new Map([
    ["adapter_config.json", bytes({ ...settings, ...changed })],
    ["adapter_model.safetensors", writeSafetensors(its)],
  ]);
const without = (name: string) => new Map([...tensors].filter(([one]) => one !== name));
const withTensor = (name: string, one: SafeTensor) => new Map(tensors).set(name, one);

describe("an adapter laid on its base", () => {
  test("changes the matrices that it names by (α/r)·B·A and nothing else, and lies beside the model", () => {
    const adapter = folder();
    const { files, report } = importAdapter(adapter, baseOf());
    expect(report).toEqual({ rank: 2, alpha: 4, matrices: 4, baseName: "somebody/tiny", ownTokenizer: false });
    const [before, after] = [unpackModel(baseOf()).weights, unpackModel(files).weights];
    for (const [name, { values, shape }] of after) {
      const [a, b] = ["A", "B"].map((part) =>
        tensors.get(`base_model.model.${name.replace(/weight$/, `lora_${part}.weight`)}`),
      );
      const old = before.get(name)?.values ?? new Float32Array();
      if (!a || !b) expect(values, name).toEqual(old);
      else {
        const inputs = shape[1] ?? 0;
        for (const [index, value] of values.entries()) {
          const [row, column] = [Math.floor(index / inputs), index % inputs];
          const product = [0, 1].reduce(
            (sum, k) => sum + (b.values[2 * row + k] ?? 0) * (a.values[k * inputs + column] ?? 0),
            0,
          );
          expect(value).toBe(Math.fround((old[index] ?? 0) + 2 * product));
        }
      }
    }
    for (const [name, content] of adapter) expect(files.get(`adapter/${name}`)).toEqual(content);
  });

  test.each(styles)("of our own LoRA makes the very model that was trained, in %s style", (_, sizes) => {
    const parameters = openParameters(tf, shakenWeights(sizes));
    const lora = Lora.parse({ rank: 2, alpha: 3 });
    const adapters = openAdapters(tf, parameters, lora, 3);
    for (const variable of adapters.variables.values()) {
      variable.assign(tf.tensor(random.normals(variable.size, 0.1), variable.shape));
    }
    adapters.merge();
    const trained = parameters.read();
    const written = adapterFiles(readVariables(adapters.variables), lora, sizes);
    const adapter = new Map([...written].map(([name, content]) => [name.replace("adapter/", ""), content]));
    const { weights } = unpackModel(importAdapter(adapter, baseOf(sizes)).files);
    for (const [name, { values }] of trained) {
      const worst = values.reduce(
        (most, value, index) => Math.max(most, Math.abs(value - (weights.get(name)?.values[index] ?? Number.NaN))),
        0,
      );
      expect(worst, name).toBeLessThan(1e-6);
    }
    adapters.dispose();
    parameters.dispose();
  });

  test("brings its own chat template and keeps the base's pieces", () => {
    const base = baseOf();
    const own = jsonOf(base.get("tokenizer_config.json") ?? bytes({}));
    const template = "{% for m in messages %}{{ m['content'] }}{{ eos_token }}{% endfor %}";
    const adapter = folder().set("tokenizer_config.json", bytes({ ...own, chat_template: template }));
    const { files, report } = importAdapter(adapter, base);
    expect(report.ownTokenizer).toBe(true);
    expect(jsonOf(files.get("tokenizer_config.json"))).toMatchObject({ chat_template: template });
    expect(files.get("tokenizer.json")).toEqual(base.get("tokenizer.json"));
    // One that lies in a file of its own would count before it.
    const templated = new Map(base).set("chat_template.jinja", new TextEncoder().encode("{{ eos_token }}"));
    expect(importAdapter(adapter, templated).files.has("chat_template.jinja")).toBe(false);
  });
});

describe("the output that PEFT saves beside its adapter", () => {
  const untied = ModelConfig.parse({ ...config, tied: false });
  const output = unpackModel(baseOf(untied)).weights.get("lm_head.weight") ?? tensor(0, 0);
  const name = "base_model.model.lm_head";
  const adapter = (saved: SafeTensor) =>
    folder(
      { target_modules: ["lm_head"] },
      new Map([
        [`${name}.lora_A.weight`, tensor(2, 8)],
        [`${name}.lora_B.weight`, tensor(262, 2)],
        [`${name}.base_layer.weight`, saved],
      ]),
    );

  test("is the base's, and then nothing new", () => {
    const { files, report } = importAdapter(adapter(output), baseOf(untied));
    expect(report.matrices).toBe(1);
    expect(unpackModel(files).weights.get("lm_head.weight")?.values).not.toEqual(output.values);
  });

  test("or another one, and then no adapter alone", () => {
    const changed = { ...output, values: output.values.map((value, at) => (at === 5 ? value + 1 : value)) };
    expect(() => importAdapter(adapter(changed), baseOf(untied))).toThrow(/no place for .*lm_head\.base_layer\.weight/);
  });
});

describe("an adapter is refused by name", () => {
  const refused = (adapter: Map<string, Uint8Array>, base = baseOf()) => expect(() => importAdapter(adapter, base));

  test.each<[string, object]>([
    ["use_dora", { use_dora: true }],
    ["bias", { bias: "lora_only" }],
    ["lora_bias", { lora_bias: true }],
    ["modules_to_save", { modules_to_save: ["score"] }],
    ["task_type", { task_type: "SEQ_CLS" }],
    ["init_lora_weights", { init_lora_weights: "pissa_niter_4" }],
    ["init_lora_weights", { init_lora_weights: "olora" }],
    ["layers_to_transform", { layers_to_transform: [0] }],
    ["layer_replication", { layer_replication: [[0, 2]] }],
    ["exclude_modules", { exclude_modules: ["up_proj"] }],
    ["trainable_token_indices", { trainable_token_indices: [1] }],
    ["target_parameters", { target_parameters: ["experts"] }],
    ["alora_invocation_tokens", { alora_invocation_tokens: [1, 2] }],
    ["some_new_way", { some_new_way: "on" }],
    ["target_modules", { target_modules: null }],
    ["target_modules", { target_modules: [] }],
    ["target_modules", { target_modules: ["q_proj", "lm_head"] }],
    ["target_modules", { target_modules: ["embed_tokens"] }],
  ])("where its settings have %s of %o, which would be computed otherwise", (key, changed) => {
    refused(folder(changed)).toThrow(expect.objectContaining({ code: "bad_model_files", reason: "adapterSetting" }));
    refused(folder(changed)).toThrow(new RegExp(`adapter_config\\.json can't be used: with ${key} `));
  });

  test("but what is off, or changes nothing when answers are written, is no reason", () => {
    const off = { use_dora: false, modules_to_save: null, rank_pattern: {}, layers_to_transform: null, bias: "none" };
    const idle = { lora_dropout: 0.3, inference_mode: false, fan_in_fan_out: true, init_lora_weights: "gaussian" };
    expect(importAdapter(folder({ ...off, ...idle }), baseOf()).files).toEqual(
      new Map(importAdapter(folder(), baseOf()).files).set(
        "adapter/adapter_config.json",
        bytes({ ...settings, ...off, ...idle }),
      ),
    );
  });

  test.each<[string, Map<string, Uint8Array>, RegExp]>([
    ["of another type", folder({ peft_type: "IA3" }), /of type “IA3”, and LoRA is read/],
    [
      "whose targets are a pattern",
      folder({ target_modules: ".*_proj" }),
      /target_modules holds the pattern “\.\*_proj”/,
    ],
    ["whose ranks are patterns", folder({ rank_pattern: { "^q.*": 3 } }), /rank_pattern holds the pattern “\^q\.\*”/],
    ["of another family", folder({ target_modules: ["c_attn"] }), /names “c_attn”, and the base has q_proj, k_proj/],
    ["without a rank", folder({ r: undefined }), /adapter_config\.json can't be used: r: /],
    ["with a rank of none", folder({ r: 0 }), /adapter_config\.json can't be used: r: /],
    ["whose settings are no JSON", folder().set("adapter_config.json", Uint8Array.of(123)), /it is no JSON/],
    [
      "of a larger model",
      folder({}, withTensor(at(1, "mlp.up_proj", "B"), tensor(16, 2))),
      /layers\.1\.mlp\.up_proj\.lora_B\.weight would have the shape \[12,2\], and it has \[16,2\]/,
    ],
    [
      "of another rank than it says",
      folder({ r: 3 }),
      /layers\.0\.self_attn\.q_proj\.lora_A\.weight would have the shape \[3,8\]/,
    ],
    [
      "of a deeper model",
      folder({}, withTensor(at(2, "mlp.up_proj", "A"), tensor(2, 8))),
      /no place for base_model\.model\.model\.layers\.2\.mlp\.up_proj\.lora_A\.weight/,
    ],
    [
      "that lost a tensor",
      folder({}, without(at(1, "self_attn.q_proj", "B"))),
      /lacks base_model\.model\.model\.layers\.1\.self_attn\.q_proj\.lora_B\.weight/,
    ],
    // Others take these for adapters of nothing, and answer as the base does without a word.
    [
      "whose modules lie deeper, as those of a model with pictures do",
      folder(
        {},
        new Map([...tensors].map(([name, one]) => [name.replace("model.model.", "model.model.language_model."), one])),
      ),
      /no place for base_model\.model\.language_model\.model\.layers/,
    ],
    [
      "with the layers of its base still wrapped",
      folder({}, withTensor("base_model.model.lm_head.base_layer.weight", tensor(262, 8))),
      /no place for base_model\.model\.lm_head\.base_layer\.weight/,
    ],
    [
      "that was saved in parts, of which none is here",
      folder({}, withTensor(at(0, "mlp.up_proj", "A"), { shape: [0], values: new Float32Array() })),
      /up_proj\.lora_A\.weight would have the shape \[2,8\], and it has \[0\]/,
    ],
    [
      "with magnitudes, as DoRA has them",
      folder({}, withTensor("base_model.model.model.layers.0.mlp.up_proj.lora_magnitude_vector", tensor(12, 1))),
      /no place for .*lora_magnitude_vector/,
    ],
    [
      "with a whole embedding",
      folder({}, withTensor("base_model.model.model.embed_tokens.weight", tensor(262, 8))),
      /no place for .*embed_tokens\.weight/,
    ],
    [
      "with values that are no numbers",
      folder(
        {},
        withTensor(at(0, "mlp.up_proj", "A"), { shape: [2, 8], values: new Float32Array(16).fill(Number.NaN) }),
      ),
      /holds values that are no numbers/,
    ],
  ])("%s", (_, adapter, message) => {
    refused(adapter).toThrow(message);
  });

  test("on a base with a head of its own", () => {
    const reward = baseOf(config, { kind: "reward", objective: "bradley-terry", scale: 1, offset: 0, normalisation });
    refused(folder(), reward).toThrow(/a head of its own \(reward\)/);
  });

  test("with a tokenizer of other pieces, for then the base is another model", () => {
    const base = baseOf();
    const tokenizer = jsonOf(base.get("tokenizer.json"));
    const entries = Object.entries<number>(tokenizer.model.vocab);
    const swapped = entries.map(([piece, id]) => [piece, id === 100 || id === 101 ? 201 - id : id]);
    const other = { ...tokenizer, model: { ...tokenizer.model, vocab: Object.fromEntries(swapped) } };
    refused(folder().set("tokenizer.json", bytes(other)), base).toThrow(
      expect.objectContaining({ reason: "adapterTokenizer", values: expect.objectContaining({ id: 100 }) }),
    );
  });
});
