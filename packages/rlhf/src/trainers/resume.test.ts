import type { TrainingSpecInput } from "@touchstone/contracts";
import { readSafetensors } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import type { Files } from "../model/files.ts";
import type { TrainingData } from "../training/request.ts";
import {
  answers,
  aspectRatings,
  comparisons,
  demonstrations,
  engine,
  freshPolicy,
  prompts,
  rankings,
  ratings,
  texts,
  train,
  unpaired,
} from "./tiny-world.fixture.ts";

const reward = (await train({ trainer: "reward", epochs: 0.2 }, { comparisons })).files;
const model = { vocab: 270, context: 24, layers: 1, heads: 2, kvHeads: 1, width: 16, hidden: 24 };
const often = { checkpointEvery: 1, evaluateEvery: 3, batchSize: 4 };
const cases: [string, TrainingSpecInput, TrainingData][] = [
  ["pretrain", { trainer: "pretrain", ...often, steps: 7, model }, { texts }],
  ["sft", { trainer: "sft", ...often, epochs: 0.15, accumulate: 2 }, { demonstrations }],
  ["reward on comparisons", { trainer: "reward", ...often, epochs: 0.15 }, { comparisons }],
  [
    "reward on ratings",
    { trainer: "reward", ...often, epochs: 0.15, objective: { kind: "squared-error" } },
    { ratings },
  ],
  ...(["ordered-logit", "davidson", "rao-kupper"] as const).map((kind): [string, TrainingSpecInput, TrainingData] => [
    `reward by ${kind}`,
    { trainer: "reward", ...often, epochs: 0.15, objective: { kind } },
    { comparisons },
  ]),
  [
    "kto on answers judged alone",
    {
      trainer: "dpo",
      ...often,
      epochs: 0.15,
      objective: { kind: "kto", desirable: 1.5 },
      evaluationPrompts: 2,
      maxNewTokens: 4,
    },
    { comparisons, unpaired },
  ],
  [
    "reward by plackett-luce",
    { trainer: "reward", ...often, epochs: 0.15, objective: { kind: "plackett-luce" } },
    { rankings },
  ],
  [
    "reward by both, of an ensemble",
    {
      trainer: "reward",
      ...often,
      epochs: 0.15,
      accumulate: 2,
      objective: { kind: "combined" },
      ensemble: { members: 2, body: "own" },
    },
    { comparisons, ratings },
  ],
  [
    "reward per aspect, of an ensemble",
    {
      trainer: "reward",
      ...often,
      epochs: 0.08,
      lexicalBuckets: 64,
      surface: true,
      objective: { kind: "per-aspect" },
      ensemble: { members: 2 },
    },
    { ratings: aspectRatings },
  ],
  [
    "ilql",
    { trainer: "ilql", ...often, epochs: 0.1, samplesPerPrompt: 1, evaluationPrompts: 2, maxNewTokens: 4 },
    { answers },
  ],
  ...(["dpo", "ipo", "kto"] as const).map((kind): [string, TrainingSpecInput, TrainingData] => [
    kind,
    {
      trainer: "dpo",
      ...often,
      epochs: 0.15,
      accumulate: 2,
      objective: { kind },
      evaluationPrompts: 2,
      maxNewTokens: 4,
    },
    { comparisons },
  ]),
  ["grpo", { trainer: "grpo", ...often, steps: 6, evaluationPrompts: 2, maxNewTokens: 4 }, { prompts }],
  [
    "ppo",
    {
      trainer: "ppo",
      ...often,
      steps: 6,
      epochs: 2,
      minibatches: 2,
      adaptive: { target: 0.01, horizon: 20 },
      evaluationPrompts: 2,
      maxNewTokens: 4,
    },
    { prompts },
  ],
  ["rloo", { trainer: "rloo", ...often, steps: 6, evaluationPrompts: 2, maxNewTokens: 4 }, { prompts }],
];

/** Runs until the checkpoint after `step` and throws everything else away, as a kill would. */
async function killedAfter(step: number, spec: TrainingSpecInput, data: TrainingData): Promise<Files> {
  let last: Files | undefined;
  const killed = train(
    spec,
    data,
    { reward },
    {
      onCheckpoint(at, files) {
        last = new Map([...files].map(([name, bytes]) => [name, bytes.slice()]));
        if (at === step) throw new Error("killed");
      },
    },
  );
  await expect(killed).rejects.toThrow("killed");
  if (!last) throw new Error("no checkpoint was written");
  return last;
}

describe.each(cases)("%s", (_, spec, data) => {
  test("killed at any step and resumed, it ends with the same bits as undisturbed", async () => {
    const undisturbed = await train(spec, data, { reward });
    expect(undisturbed.steps).toBeGreaterThanOrEqual(6);
    for (const step of [1, undisturbed.steps - 2]) {
      const resumed = await train(spec, data, { reward }, { resume: await killedAfter(step, spec, data) });
      for (const [name, bytes] of undisturbed.files) expect(resumed.files.get(name), name).toEqual(bytes);
      expect(resumed.metrics).toEqual(undisturbed.metrics);
    }
  });
});

test("training moves every tensor that it should", async () => {
  const { files } = await train({ trainer: "sft", ...often, epochs: 0.1 }, { demonstrations });
  const [before, after] = [freshPolicy, files].map((of) =>
    readSafetensors(of.get("model.safetensors") ?? new Uint8Array()),
  );
  for (const [name, { values }] of after ?? []) {
    expect(values, name).not.toEqual(before?.get(name)?.values);
  }
});

test("a cancelled run leaves a checkpoint from which it ends with the same bits", async () => {
  const spec = { trainer: "sft" as const, epochs: 0.5 };
  const controller = new AbortController();
  const saved: Files[] = [];
  const cancelled = train(
    spec,
    { demonstrations },
    {},
    {
      signal: controller.signal,
      onMetric: (step) => {
        if (step === 3) controller.abort();
      },
      onCheckpoint: (_, files) => {
        saved.push(files);
      },
    },
  );
  await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
  const [undisturbed, resumed] = [
    await train(spec, { demonstrations }),
    await train(spec, { demonstrations }, {}, saved[0] ? { resume: saved[0] } : {}),
  ];
  expect(resumed.files.get("model.safetensors")).toEqual(undisturbed.files.get("model.safetensors"));
});

describe.each([
  ["ilql", { trainer: "ilql" as const, samplesPerPrompt: 4, maxNewTokens: 8 }, { answers }],
  ["rloo", { trainer: "rloo" as const, steps: 4, samplesPerPrompt: 8, maxNewTokens: 8 }, { prompts }],
  ["reward", { trainer: "reward" as const }, { comparisons }],
  ["dpo", { trainer: "dpo" as const }, { comparisons }],
] satisfies [string, TrainingSpecInput, TrainingData][])("%s", (_, spec, data) => {
  test("hears a cancel while it draws or scores, before the first step, and leaves nothing in the engine", async () => {
    const before = engine.tf.memory().numTensors;
    const controller = new AbortController();
    const cancelled = train(spec, data, { reward }, { signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

test("a checkpoint of another run, or a damaged one, is refused", async () => {
  const spec = { trainer: "sft" as const, ...often, epochs: 0.15 };
  const resume = await killedAfter(2, spec, { demonstrations });
  const other = train({ ...spec, learningRate: 0.5 }, { demonstrations }, { reward }, { resume });
  await expect(other).rejects.toMatchObject({ code: "bad_checkpoint" });
  const cut = new Map(resume).set("optimiser.safetensors", new Uint8Array(9));
  const damaged = train(spec, { demonstrations }, { reward }, { resume: cut });
  await expect(damaged).rejects.toMatchObject({ code: "bad_checkpoint" });
});
