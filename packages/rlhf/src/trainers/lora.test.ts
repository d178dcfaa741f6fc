import type { TrainingSpecInput } from "@touchstone/contracts";
import { readSafetensors } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import type { Files } from "../model/files.ts";
import { isBody, linearLayer } from "../model/weight-shapes.ts";
import { sizeOf, type Weights } from "../model/weights.ts";
import type { Metrics, TrainingData } from "../training/request.ts";
import {
  answers,
  aspectRatings,
  comparisons,
  demonstrations,
  engine,
  prompts,
  ratings,
  texts,
  train,
} from "./tiny-world.fixture.ts";

const imitation = (await train({ trainer: "sft", epochs: 4 }, { demonstrations })).files;
const reward = (await train({ trainer: "reward", epochs: 3 }, { comparisons })).files;
const lora = { rank: 4, alpha: 16 };

const weightsIn = (files: Files, name: string): Weights => readSafetensors(files.get(name) ?? new Uint8Array());
const before = weightsIn(imitation, "model.safetensors");

/** Half-way checkpoint and outcome of a run, and its figures by step. */
async function watched(spec: TrainingSpecInput, data: TrainingData, resume?: Files) {
  const checkpoints = new Map<number, Files>();
  const steps: Metrics[] = [];
  const result = await train(
    spec,
    data,
    { policy: imitation, reward },
    {
      ...(resume ? { resume } : {}),
      onMetric: (_, values) => void steps.push(values),
      onCheckpoint: (step, files) => {
        checkpoints.set(step, new Map([...files].map(([name, bytes]) => [name, bytes.slice()])));
      },
    },
  );
  const figure = (name: string) => steps.flatMap((values) => values[name] ?? []);
  return { ...result, checkpoints, figure };
}

const often = { lora, checkpointEvery: 1, evaluateEvery: 5 };
const drawing = { evaluationPrompts: 8, maxNewTokens: 8 };
const comparing = { trainer: "dpo" as const, ...often, ...drawing, epochs: 1, learningRate: 1e-2, evaluateEvery: 3 };
const group = { ...often, ...drawing, steps: 16, batchSize: 4, samplesPerPrompt: 8, learningRate: 3e-3 };
type Better = (figure: (name: string) => readonly number[]) => [worse: number, better: number];
const last = (values: readonly number[]) => values.at(-1) ?? Number.NaN;
const falls =
  (name: string): Better =>
  (figure) => [last(figure(name)), figure(name)[0] ?? Number.NaN];
const above =
  (baseline: string | number, name: string): Better =>
  (figure) => [typeof baseline === "number" ? baseline : last(figure(baseline)), last(figure(name))];
const rewarded = above("reference.reward", "heldout.reward");
// Before the first step policy and reference are one, and half of the pairs are right.
const agreed = above(0.75, "heldout.accuracy");

const cases: [string, TrainingSpecInput, TrainingData, Better][] = [
  ["pretrain", { trainer: "pretrain", ...often, steps: 12, heldOut: 0.1 }, { texts }, falls("heldout.loss")],
  ["sft", { trainer: "sft", ...often, epochs: 1 }, { demonstrations: onlyZ() }, falls("heldout.loss")],
  [
    "reward on comparisons",
    { trainer: "reward", ...often, epochs: 1 },
    { comparisons },
    above("baseline.untrained.accuracy", "heldout.accuracy"),
  ],
  [
    "reward on ratings",
    { trainer: "reward", ...often, epochs: 1, objective: { kind: "squared-error" } },
    { ratings },
    falls("heldout.mse"),
  ],
  ...(["ordered-logit", "davidson", "rao-kupper", "plackett-luce"] as const).map(
    (kind): [string, TrainingSpecInput, TrainingData, Better] => [
      `reward by ${kind}`,
      { trainer: "reward", ...often, epochs: 1, objective: { kind } },
      { comparisons },
      above("baseline.untrained.accuracy", "heldout.accuracy"),
    ],
  ),
  [
    "reward by both",
    { trainer: "reward", ...often, epochs: 1, objective: { kind: "combined" } },
    { comparisons, ratings },
    above("baseline.untrained.accuracy", "heldout.accuracy"),
  ],
  [
    "reward per aspect",
    { trainer: "reward", ...often, epochs: 1, objective: { kind: "per-aspect" } },
    { ratings: aspectRatings },
    falls("heldout.mse"),
  ],
  ["ilql", { trainer: "ilql", ...often, ...drawing, samplesPerPrompt: 0, epochs: 2 }, { answers }, falls("loss")],
  ["dpo", { ...comparing, objective: { kind: "dpo" } }, { comparisons }, agreed],
  ["ipo", { ...comparing, objective: { kind: "ipo" } }, { comparisons }, agreed],
  ["kto", { ...comparing, objective: { kind: "kto" } }, { comparisons }, agreed],
  ["rloo", { trainer: "rloo", ...group }, { prompts }, rewarded],
  ["grpo", { trainer: "grpo", ...group }, { prompts }, rewarded],
  [
    "ppo",
    { trainer: "ppo", ...often, ...drawing, steps: 12, batchSize: 32, epochs: 2, learningRate: 2e-3 },
    { prompts },
    rewarded,
  ],
];

/** Demonstrations of something the policy does not do yet. */
function onlyZ() {
  return demonstrations.map((row) => ({ ...row, text: row.text.replaceAll("a", "z") }));
}

describe.each(cases)("%s with LoRA", (_, spec, data, better) => {
  test("moves adapters and heads only, gets better, publishes base + adapters, and resumes with the same bits", async () => {
    const { files, checkpoints, figure, metrics, steps } = await watched(spec, data);
    const after = weightsIn(files, "model.safetensors");
    const adapters = weightsIn(files, "adapter/adapter_model.safetensors");
    for (const [name, { values }] of after) {
      if (!isBody(name)) continue;
      const old = before.get(name);
      if (linearLayer(name) === undefined) expect(values, name).toEqual(old?.values);
      else expectClose(values, merged(name, before, adapters), name);
    }
    for (const [name, { values }] of adapters) {
      expect(
        values.some((value) => value !== 0),
        name,
      ).toBe(true);
    }

    const [worse, best] = better(figure);
    expect(best).toBeGreaterThan(worse);

    const half = checkpoints.get(Math.floor(steps / 2));
    if (!half) throw new Error("no checkpoint was written");
    // Neither the frozen weights nor moments for them are carried.
    const carried = weightsIn(half, "weights.safetensors");
    expect([...carried.keys()].filter(isBody).every((name) => /lora_[AB]/.test(name))).toBe(true);
    const moments = [...weightsIn(half, "optimiser.safetensors").keys()].map((name) => name.split("/")[0] ?? "");
    expect(moments.filter(isBody).every((name) => /lora_[AB]/.test(name))).toBe(true);

    const resumed = await watched(spec, data, half);
    for (const [name, bytes] of files) expect(resumed.files.get(name), name).toEqual(bytes);
    expect(resumed.metrics).toEqual(metrics);
  });
});

test("A and B of every adapted matrix differ from where they started, which a checkpoint shows", async () => {
  const { checkpoints } = await watched({ trainer: "sft", ...often, epochs: 0.25 }, { demonstrations });
  const [first, last] = [...checkpoints.values()]
    .flatMap((files, i, all) => (i === 0 || i === all.length - 1 ? [files] : []))
    .map((files) => weightsIn(files, "weights.safetensors"));
  for (const [name, { values }] of last ?? []) expect(values, name).not.toEqual(first?.get(name)?.values);
});

test("what is trained is a small part of the model, and nothing of it stays in the engine", async () => {
  const tensors = engine.tf.memory().numTensors;
  const { checkpoints } = await watched(
    { trainer: "sft", ...often, lora: { rank: 1, targets: ["q_proj", "v_proj"] }, epochs: 0.1 },
    { demonstrations },
  );
  const moments = [...weightsIn(checkpoints.get(1) ?? new Map(), "optimiser.safetensors")];
  const sizes = moments.reduce((sum, [, { shape }]) => sum + sizeOf(shape), 0);
  // Two moments of (1·32 + 32·1) values for two matrices in two layers, and the number of steps.
  expect(sizes).toBe(2 * 2 * 2 * 64 + 1);
  expect(engine.tf.memory().numTensors).toBe(tensors);
});

describe("LoRA is refused in words", () => {
  test("beside a frozen body, which it would have to move", async () => {
    expect(() => train({ trainer: "reward", freezeBody: true, lora }, { comparisons })).toThrow(/lora.*freezeBody/s);
  });

  test("of a layer that the model does not have, with the names of those it has", async () => {
    const run = train({ trainer: "sft", lora: { targets: ["qkv"] } }, { demonstrations });
    await expect(run).rejects.toMatchObject({
      code: "wrong_settings",
      message: expect.stringMatching(/“qkv”.*q_proj.*down_proj/),
    });
  });

  test("where there is no model to adapt yet", async () => {
    const run = train({ trainer: "pretrain", lora }, { texts }, { policy: undefined });
    await expect(run).rejects.toMatchObject({ code: "wrong_settings", message: expect.stringContaining("a policy") });
  });
});

/** W + (α/r)·B·A in plain arithmetic. */
function merged(name: string, base: Weights, adapters: Weights): number[] {
  const part = (letter: string) =>
    adapters.get(`base_model.model.${name.replace(/weight$/, `lora_${letter}.weight`)}`)?.values ?? new Float32Array();
  const [a, b, w] = [part("A"), part("B"), base.get(name)];
  const [, inputs = 0] = w?.shape ?? [];
  return Array.from(w?.values ?? [], (value, index) => {
    const [row, column] = [Math.floor(index / inputs), index % inputs];
    const ranks = Array.from(
      { length: lora.rank },
      (_, k) => (b[row * lora.rank + k] ?? 0) * (a[k * inputs + column] ?? 0),
    );
    return value + (lora.alpha / lora.rank) * ranks.reduce((sum, product) => sum + product, 0);
  });
}

function expectClose(actual: Float32Array, expected: readonly number[], name: string) {
  expect(actual.length, name).toBe(expected.length);
  const worst = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? Number.NaN))), 0);
  expect(worst, name).toBeLessThan(1e-5);
}
