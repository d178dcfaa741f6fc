import type { Tensor } from "@tensorflow/tfjs";
import { Lora, ModelConfig } from "@touchstone/contracts";
import { openEngine, readSafetensors, seededRandom } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { toFileNames } from "./hugging-face-names.ts";
import { initialWeights } from "./initial-weights.ts";
import { adapterName, openAdapters } from "./lora.ts";
import { adapterFiles } from "./lora-files.ts";
import { openParameters, readVariables } from "./parameters.ts";

const { tf } = await openEngine();
const config = ModelConfig.parse({ vocab: 262, context: 8, layers: 2, heads: 2, kvHeads: 1, width: 8, hidden: 12 });
const weights = initialWeights(config, { kind: "lm" }, 1);
const name = "model.layers.1.mlp.up_proj.weight"; // (12, 8)
const opened = (settings: object = {}) => {
  const parameters = openParameters(tf, weights);
  return { parameters, adapters: openAdapters(tf, parameters, Lora.parse(settings), 3) };
};
/** Σ C ∘ tanh(M·X) for fixed C and X: a loss whose gradient by M depends on M. */
const random = seededRandom("lora");
const x = tf.tensor2d(random.normals(8 * 5), [8, 5]);
const c = tf.tensor2d(random.normals(12 * 5), [12, 5]);
const loss = (m: Tensor) => tf.sum(tf.mul(c, tf.tanh(tf.matMul(m, x)))).asScalar();

describe("low-rank adapters", () => {
  test("begin as the model itself: B is zero, and A a draw of its seed", () => {
    const { parameters, adapters } = opened();
    adapters.merge();
    expect(parameters.read()).toEqual(weights);
    expect(
      adapters.variables
        .get(adapterName(name, "B"))
        ?.dataSync()
        .every((value) => value === 0),
    ).toBe(true);
    const a = adapters.variables.get(adapterName(name, "A"))?.dataSync();
    expect(a).toEqual(opened().adapters.variables.get(adapterName(name, "A"))?.dataSync());
    expect(a?.some((value) => value !== 0)).toBe(true);
  });

  test("the gradient of B at B = 0 is (α/r)·dW·Aᵀ and that of A is zero, as differentiating through W + (α/r)·B·A says", () => {
    const [rank, alpha] = [8, 24]; // as many ranks as inputs
    const { parameters, adapters } = opened({ rank, alpha });
    const variables = ["A", "B"].flatMap(
      (part) => adapters.variables.get(adapterName(name, part === "A" ? "A" : "B")) ?? [],
    );
    const [a, b] = variables;
    if (!a || !b) throw new Error("the matrix is not adapted");
    const w = parameters.matrix(name);
    const dW = tf.grad(loss)(w);
    const expected = tf.mul(tf.matMul(dW.as2D(12, 8), a.as2D(rank, 8), false, true), alpha / rank).dataSync();
    const onTape = tf.variableGrads(
      () => loss(tf.add(w, tf.mul(tf.matMul(b.as2D(12, rank), a.as2D(rank, 8)), alpha / rank))),
      variables,
    ).grads;
    const found = adapters.gradients(new Map([[name, dW.clone()]]));
    const [ofA, ofB] = [found.get(adapterName(name, "A"))?.dataSync(), found.get(adapterName(name, "B"))?.dataSync()];
    expect(found.has(name)).toBe(false);
    for (const [i, value] of expected.entries()) expect(ofB?.[i]).toBeCloseTo(value, 4);
    for (const [i, value] of (onTape[b.name]?.dataSync() ?? []).entries()) expect(ofB?.[i]).toBeCloseTo(value, 4);
    expect(ofA?.every((value) => value === 0)).toBe(true);
  });

  test("away from B = 0 both gradients are those of the tape", () => {
    const { parameters, adapters } = opened({ rank: 2, alpha: 3 });
    const base = parameters.matrix(name).clone();
    const [a, b] = [adapters.variables.get(adapterName(name, "A")), adapters.variables.get(adapterName(name, "B"))];
    if (!a || !b) throw new Error("the matrix is not adapted");
    b.assign(tf.tensor2d(random.normals(12 * 2), [12, 2]));
    adapters.merge();
    const onTape = tf.variableGrads(
      () => loss(tf.add(base, tf.mul(tf.matMul(b.as2D(12, 2), a.as2D(2, 8)), 3 / 2))),
      [a, b],
    ).grads;
    const found = adapters.gradients(new Map([[name, tf.grad(loss)(parameters.matrix(name))]]));
    for (const [part, variable] of [
      ["A", a],
      ["B", b],
    ] as const) {
      const gradient = found.get(adapterName(name, part))?.dataSync();
      for (const [i, value] of (onTape[variable.name]?.dataSync() ?? []).entries()) {
        expect(gradient?.[i]).toBeCloseTo(value, 4);
      }
    }
  });

  test("targets choose the layers; all linear ones of attention and feed-forward if none is named", () => {
    const layers = (settings: object) => {
      const names = [...opened(settings).adapters.variables.keys()].map((key) => key.split(".").at(-3));
      return [...new Set(names)];
    };
    expect(layers({ targets: ["q_proj", "v_proj"] })).toEqual(["q_proj", "v_proj"]);
    expect(layers({})).toEqual(["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]);
  });

  test("a target that the model does not have is refused with the names of those it has", () => {
    expect(() => opened({ targets: ["q_proj", "c_attn"] })).toThrow(
      expect.objectContaining({
        code: "wrong_settings",
        message:
          "lora.targets: this model has no linear layer “c_attn”. It has q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj.",
      }),
    );
  });

  test("nothing stays in the engine", () => {
    const before = tf.memory().numTensors;
    const { parameters, adapters } = opened();
    adapters.merge();
    adapters.dispose();
    parameters.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("the files are PEFT's: its names, its settings, tensors of A and B only", () => {
    const settings = Lora.parse({ rank: 2, alpha: 3, targets: ["v_proj"] });
    const { adapters } = opened(settings);
    const files = adapterFiles(readVariables(adapters.variables), settings, config);
    expect(JSON.parse(new TextDecoder().decode(files.get("adapter/adapter_config.json")))).toMatchObject({
      peft_type: "LORA",
      task_type: "CAUSAL_LM",
      r: 2,
      lora_alpha: 3,
      target_modules: ["v_proj"],
    });
    const tensors = readSafetensors(files.get("adapter/adapter_model.safetensors") ?? new Uint8Array());
    expect([...tensors].map(([key, { shape }]) => [key, shape])).toEqual([
      ["base_model.model.model.layers.0.self_attn.v_proj.lora_A.weight", [2, 8]],
      ["base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight", [4, 2]],
      ["base_model.model.model.layers.1.self_attn.v_proj.lora_A.weight", [2, 8]],
      ["base_model.model.model.layers.1.self_attn.v_proj.lora_B.weight", [4, 2]],
    ]);
  });

  test("in GPT-2's files q, k and v are one layer, and its adapter says the same as theirs", () => {
    const style = { norm: "layernorm", positions: "learned", feedForward: "gelu", biases: true };
    const gpt2 = ModelConfig.parse({ ...config, kvHeads: 2, ...style });
    const parameters = openParameters(tf, initialWeights(gpt2, { kind: "lm" }, 1));
    const before = toFileNames(gpt2, parameters.read());
    const settings = Lora.parse({ rank: 2, alpha: 3, targets: ["q_proj", "v_proj", "down_proj"] });
    const adapters = openAdapters(tf, parameters, settings, 3);
    for (const variable of adapters.variables.values()) {
      variable.assign(tf.tensor(random.normals(variable.size), variable.shape));
    }
    adapters.merge();
    const after = toFileNames(gpt2, parameters.read());
    const files = adapterFiles(readVariables(adapters.variables), settings, gpt2);
    expect(JSON.parse(new TextDecoder().decode(files.get("adapter/adapter_config.json")))).toMatchObject({
      target_modules: ["attn.c_attn", "mlp.c_proj"],
      rank_pattern: { "attn.c_attn": 4 },
      alpha_pattern: { "attn.c_attn": 6 },
      fan_in_fan_out: true,
    });
    const tensors = readSafetensors(files.get("adapter/adapter_model.safetensors") ?? new Uint8Array());
    for (const module of ["transformer.h.1.attn.c_attn", "transformer.h.0.mlp.c_proj"]) {
      const [a, b] = ["A", "B"].map((part) => {
        const { shape = [], values = [] } = tensors.get(`base_model.model.${module}.lora_${part}.weight`) ?? {};
        return tf.tensor2d([...values], [shape[0] ?? 0, shape[1] ?? 0]);
      });
      if (!a || !b) throw new Error("the adapter lacks a part");
      // fan_in_fan_out: the layer holds (in, out)
      const change = tf.transpose(tf.mul(tf.matMul(b, a), 3 / 2)).dataSync();
      const [was, is] = [before, after].map((weights) => weights.get(`${module}.weight`)?.values ?? new Float32Array());
      expect(is?.length).toBe(change.length);
      for (const [i, value] of change.entries()) expect(is?.[i]).toBeCloseTo((was?.[i] ?? 0) + value, 5);
    }
  });
});
