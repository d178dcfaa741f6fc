import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Worker } from "node:worker_threads";
import { TrainingSpec, type TrainingSpecInput } from "@touchstone/contracts";
import { openEngine, readSafetensors, seededRandom, writeSafetensors } from "@touchstone/engine";
import { build } from "esbuild";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import type { Files } from "../model/files.ts";
import {
  answers,
  comparisons,
  demonstrations,
  freshPolicy,
  prompts,
  ratings,
  texts,
  train,
  unpaired,
} from "../trainers/tiny-world.fixture.ts";
import type { TrainingData } from "../training/request.ts";
import { leadTeam } from "./lead-team.ts";

/** The threads that a run has started, real ones; and the bundle that they run, as in the product, once it is made. */
const [threads, bundle] = vi.hoisted((): [Worker[], { entry?: URL }] => [[], {}]);
vi.mock("node:worker_threads", async (load) => {
  const original = await load<typeof import("node:worker_threads")>();
  class Watched extends original.Worker {
    constructor(...[source, options]: ConstructorParameters<typeof original.Worker>) {
      super(bundle.entry ?? source, options);
      threads.push(this);
    }
  }
  return { ...original, Worker: Watched };
});
/** Node gives a thread that has ended this number. */
const ended = -1;
afterEach(() => {
  expect(threads.map(({ threadId }) => threadId)).toEqual(threads.map(() => ended));
  threads.length = 0;
  bundle.entry = compiled;
});

// A thread that has its source translated takes a second to come up, and some fifty come up here. The first test has them
// do it; all others run the bundle, which lies as deep as those of the apps, from where it finds the native kernels.
const compiled = new URL(`../../dist/replica-${process.pid}.mjs`, import.meta.url);
await build({
  entryPoints: [fileURLToPath(new URL("./replica.thread.ts", import.meta.url))],
  outfile: fileURLToPath(compiled),
  bundle: true,
  format: "esm",
  platform: "node",
  external: ["@tensorflow/*", "@huggingface/*", "zod"],
});
afterAll(() => rmSync(compiled));

const two = await openEngine({ workers: 2 });
const three = await openEngine({ workers: 3 });
const reward = (await train({ trainer: "reward", epochs: 0.2 }, { comparisons })).files;
const model = { vocab: 270, context: 24, layers: 1, heads: 2, kvHeads: 1, width: 16, hidden: 24 };
const small = { batchSize: 7, evaluateEvery: 2, learningRate: 1e-3 };
const short = { ...small, evaluationPrompts: 3, maxNewTokens: 4 };
// Answers of unequal lengths and weights, some of them ties: what a mean of means would get wrong.
const uneven = demonstrations.map((row, i) => ({ ...row, text: row.text.slice(0, 1 + (i % 4)) }));
const weighed = comparisons.map((row, i) => ({ ...row, weight: 1 + (i % 3), outcome: i % 4 === 0 ? 0 : row.outcome }));
const rated = ratings.map((row, i) => ({ ...row, weight: 1 + (i % 3) }));
const unevenAnswers = answers.map((row, i) => ({ ...row, text: row.text.slice(0, 1 + (i % 4)) }));

const cases: [string, TrainingSpecInput, TrainingData][] = [
  ["pretrain", { trainer: "pretrain", ...small, steps: 4, model }, { texts }],
  ["sft", { trainer: "sft", ...small, epochs: 0.15 }, { demonstrations: uneven }],
  ["sft with adapters", { trainer: "sft", ...small, epochs: 0.15, lora: { rank: 2 } }, { demonstrations: uneven }],
  ["reward on comparisons", { trainer: "reward", ...small, epochs: 0.15 }, { comparisons: weighed }],
  [
    "reward on ratings",
    { trainer: "reward", ...small, epochs: 0.15, objective: { kind: "squared-error" } },
    { ratings: rated },
  ],
  ["ilql", { trainer: "ilql", ...short, epochs: 0.1, samplesPerPrompt: 1 }, { answers: unevenAnswers }],
  ...(["dpo", "ipo", "kto"] as const).map((kind): [string, TrainingSpecInput, TrainingData] => [
    kind,
    { trainer: "dpo", ...short, epochs: 0.15, objective: { kind } },
    { comparisons: weighed },
  ]),
  [
    "kto on answers judged alone",
    {
      trainer: "dpo",
      ...short,
      epochs: 0.15,
      objective: { kind: "kto", desirable: 1.5 },
      evaluationPrompts: 2,
      maxNewTokens: 4,
    },
    { comparisons, unpaired },
  ],
  ["rloo", { trainer: "rloo", ...short, batchSize: 3, samplesPerPrompt: 3, steps: 3 }, { prompts }],
  ["grpo", { trainer: "grpo", ...short, batchSize: 3, samplesPerPrompt: 3, steps: 3 }, { prompts }],
  [
    "ppo",
    { trainer: "ppo", ...short, steps: 3, epochs: 2, minibatches: 2, adaptive: { target: 0.01, horizon: 20 } },
    { prompts },
  ],
];

/**
 * How far apart two models lie: the greatest distance between two tensors of a name, relative to their length, or, for those
 * that are still near 0, to one step of AdamW.
 */
function distance(one: Files, other: Files): number {
  const [a, b] = [one, other].map((files) => readSafetensors(files.get("model.safetensors") ?? new Uint8Array()));
  const apart = [...(a ?? [])].map(([name, { values }]) => {
    const theirs = b?.get(name)?.values ?? new Float32Array();
    const length = (of: (value: number, i: number) => number) => Math.hypot(...Array.from(values, of));
    const oneStep = small.learningRate * Math.sqrt(values.length);
    return (
      length((value, i) => value - (theirs[i] ?? Number.NaN)) /
      Math.max(
        oneStep,
        length((value) => value),
      )
    );
  });
  return Math.max(...apart);
}

describe.each(cases)("%s", (_, spec, data) => {
  test("cut into parts, and shared by two or three threads, a run ends as on one thread, up to rounding", async () => {
    const alone = await train(spec, data, { reward });
    const cut = await train({ ...spec, accumulate: 3 }, data, { reward });
    expect(distance(cut.files, alone.files)).toBeLessThan(1e-4);
    for (const engine of [two, three]) {
      const shared = await train(spec, data, { reward }, { engine });
      expect(distance(shared.files, alone.files)).toBeLessThan(1e-4);
      expect(shared.steps).toBe(alone.steps);
      expect(shared.notes).toEqual(alone.notes);
      for (const [name, value] of Object.entries(alone.metrics)) expect(shared.metrics[name]).toBeCloseTo(value, 3);
    }
  });
});

const ppo: TrainingSpecInput = {
  ...{ trainer: "ppo", ...short, steps: 5, epochs: 2, minibatches: 2, checkpointEvery: 1 },
  adaptive: { target: 0.01, horizon: 20 },
};

test("a number of threads always gives the same bits, killed at a random step and resumed or not", async () => {
  const undisturbed = await train(ppo, { prompts }, { reward }, { engine: two });
  const killedAt = 1 + seededRandom(Date.now()).int(3);
  let last: Files | undefined;
  const onCheckpoint = (step: number, files: Files) => {
    last = files;
    if (step === killedAt) throw new Error("killed");
  };
  const killed = train(ppo, { prompts }, { reward }, { engine: two, onCheckpoint });
  await expect(killed).rejects.toThrow("killed");
  const resumed = await train(ppo, { prompts }, { reward }, { engine: two, resume: last });
  expect(resumed.files, `killed after step ${killedAt}`).toEqual(undisturbed.files);
  expect(resumed.metrics).toEqual(undisturbed.metrics);
});

test("resumed with another number of threads, a run goes on and says that its last bits may differ", async () => {
  let last: Files | undefined;
  const onCheckpoint = (step: number, files: Files) => {
    last = files;
    if (step === 2) throw new Error("killed");
  };
  await expect(train(ppo, { prompts }, { reward }, { onCheckpoint })).rejects.toThrow("killed");
  const { notes, steps } = await train(ppo, { prompts }, { reward }, { engine: two, resume: last });
  expect(steps).toBe(5);
  expect(notes.join()).toMatch(/Resumed on another engine .*workers 1/);
});

test("a rule that rewards answers stays in the caller's thread, and sees each answer once", async () => {
  const seen: number[] = [];
  const score = (items: readonly { text: string }[]) => {
    seen.push(items.length);
    return items.map(({ text }) => text.split("z").length - 1);
  };
  const spec: TrainingSpecInput = { trainer: "rloo", ...short, batchSize: 3, samplesPerPrompt: 3, steps: 2 };
  const judged = (engine: typeof two) => train(spec, { prompts }, {}, { engine, judge: { name: "z", score } });
  const shared = await judged(two);
  const counts = seen.splice(0);
  const alone = await judged({ ...two, workers: 1 });
  expect(counts).toEqual(seen);
  expect(distance(shared.files, alone.files)).toBeLessThan(1e-4);
});

test("a cancel ends all threads and leaves a checkpoint from which the run ends with the same bits", async () => {
  const spec: TrainingSpecInput = { trainer: "sft", ...small, epochs: 0.3 };
  const controller = new AbortController();
  let saved: Files | undefined;
  const cancelled = train(
    spec,
    { demonstrations },
    {},
    {
      engine: two,
      signal: controller.signal,
      onMetric: (step) => (step === 3 ? controller.abort() : undefined),
      onCheckpoint: (_, files) => {
        saved = files;
      },
    },
  );
  await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
  const [undisturbed, resumed] = [
    await train(spec, { demonstrations }, {}, { engine: two }),
    await train(spec, { demonstrations }, {}, { engine: two, resume: saved }),
  ];
  expect(resumed.files).toEqual(undisturbed.files);
});

test("a run that can't start says why, as on one thread, and leaves none behind", async () => {
  const bad = train({ trainer: "sft" }, { demonstrations: [] }, {}, { engine: three });
  await expect(bad).rejects.toMatchObject({ code: "too_few_labels" });
});

test("training that diverges on all threads says so once", async () => {
  const wild: TrainingSpecInput = {
    trainer: "sft",
    ...small,
    learningRate: 1,
    weightDecay: 1,
    clipNorm: 1e30,
    epochs: 9,
  };
  const policy = scaled(freshPolicy, 1e30);
  const diverged = train(wild, { demonstrations }, { policy }, { engine: two });
  await expect(diverged).rejects.toMatchObject({ code: "diverged" });
});

/** The same model with every weight so many times as great. */
function scaled(policy: Files, by: number): Files {
  const weights = readSafetensors(policy.get("model.safetensors") ?? new Uint8Array());
  const grown = [...weights].map(
    ([name, { shape, values }]) => [name, { shape, values: values.map((x) => by * x) }] as const,
  );
  return new Map(policy).set("model.safetensors", writeSafetensors(new Map(grown)));
}

/** What a run in other threads is asked for, without one of its own. */
const request = (policy: Files) => ({
  spec: TrainingSpec.parse({ trainer: "sft" }),
  data: { demonstrations },
  models: { policy },
  engine: two,
  seed: 1,
});
const forever = async (gather: (own: number) => Promise<number[]>) => {
  for (;;) await gather(0);
};

test("an error in another thread ends the run with that error, though this one waits for it", async () => {
  const lead = leadTeam(request(new Map()), ({ gather }) => forever(gather));
  await expect(lead).rejects.toMatchObject({ code: "bad_model_files" });
});

test("a thread that dies ends the run with a clear error, though this one waits for it", async () => {
  const lead = leadTeam(request(freshPolicy), async ({ gather }) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
    await gather(0);
  });
  await expect(lead).rejects.toMatchObject({
    code: "thread_lost",
    message: expect.stringMatching(/Thread 2 of the 2 .* ended early/),
  });
});
