import type { TrainingSpecInput } from "@touchstone/contracts";
import type { TrainingData } from "@touchstone/rlhf";
import { beforeAll, expect, it } from "vitest";
import { labelOf } from "../../apps/web/features/models/model-figures.ts";
import * as world from "../../packages/rlhf/src/trainers/tiny-world.fixture.ts";

const brief = { epochs: 0.1, minimumLabels: 8 };
const sampled = { maxNewTokens: 4, evaluationPrompts: 2 };
const reward = { trainer: "reward" as const, ...brief };
const onPolicy = { ...sampled, steps: 1, batchSize: 2 };
const { comparisons, ratings, aspectRatings, rankings, unpaired, answers, prompts, demonstrations, texts } = world;
const model = { vocab: 280, context: 24, layers: 1, heads: 2, kvHeads: 1, width: 16, hidden: 16 };

/** Each trainer with each objective. */
const runs: [string, TrainingSpecInput, TrainingData][] = [
  ["pretrain", { trainer: "pretrain", steps: 1, heldOut: 0.2, model }, { texts }],
  ["sft", { trainer: "sft", epochs: 0.1 }, { demonstrations }],
  ["bradley-terry", reward, { comparisons }],
  ["ordered-logit", { ...reward, objective: { kind: "ordered-logit" } }, { comparisons }],
  ["davidson", { ...reward, objective: { kind: "davidson" } }, { comparisons }],
  ["rao-kupper", { ...reward, objective: { kind: "rao-kupper" } }, { comparisons }],
  ["plackett-luce", { ...reward, objective: { kind: "plackett-luce" } }, { rankings }],
  ["squared-error", { ...reward, objective: { kind: "squared-error" } }, { ratings }],
  ["combined", { ...reward, objective: { kind: "combined" } }, { comparisons, ratings }],
  ["per-aspect", { ...reward, objective: { kind: "per-aspect" } }, { ratings: aspectRatings }],
  ["ensemble", { ...reward, ensemble: { members: 2 } }, { comparisons }],
  ["frozen", { trainer: "reward", minimumLabels: 8, frozen: { folds: 2 } }, { comparisons }],
  ["dpo", { trainer: "dpo", ...brief, ...sampled }, { comparisons }],
  ["ipo", { trainer: "dpo", ...brief, ...sampled, objective: { kind: "ipo" } }, { comparisons }],
  ["kto", { trainer: "dpo", ...brief, ...sampled, objective: { kind: "kto" } }, { unpaired }],
  ["ilql", { trainer: "ilql", ...brief, ...sampled, samplesPerPrompt: 1 }, { answers }],
  ["rloo", { trainer: "rloo", ...onPolicy }, { prompts }],
  ["grpo", { trainer: "grpo", ...onPolicy }, { prompts }],
  ["ppo", { trainer: "ppo", ...onPolicy }, { prompts }],
];

let judge: ReadonlyMap<string, Uint8Array>;
beforeAll(async () => {
  judge = (await world.train(reward, { comparisons })).files;
});

/** Some keys are put together while a run goes on, where no reading of the sources finds them: so the runs are asked. */
it.each(runs)("every figure that %s publishes has a name on the model's page", async (_, spec, data) => {
  const isScored = ["ilql", "rloo", "grpo", "ppo"].includes(spec.trainer);
  const policy = spec.trainer === "pretrain" ? undefined : world.freshPolicy;
  const { metrics } = await world.train(spec, data, { policy, ...(isScored ? { reward: judge } : {}) });
  const ends = /\.(low|high)$/;
  const keys = Object.keys(metrics).filter((key) => !ends.test(key) || !(key.replace(ends, "") in metrics));
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => labelOf(key).name === null)).toEqual([]);
});
