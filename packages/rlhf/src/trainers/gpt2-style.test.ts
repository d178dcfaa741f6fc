import type { TrainingSpecInput } from "@touchstone/contracts";
import { readSafetensors } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import type { Files } from "../model/files.ts";
import { unpackModel } from "../model/model-files.ts";
import { generateCompletions } from "../rollout/generate-completions.ts";
import type { TrainingData } from "../training/request.ts";
import {
  answers,
  comparisons,
  demonstrations,
  engine,
  freshGpt2Policy,
  prompts,
  ratings,
  texts,
  train,
} from "./tiny-world.fixture.ts";

const policy = freshGpt2Policy;
const { files: reward, metrics: rewardMetrics } = await train(
  { trainer: "reward", epochs: 2 },
  { comparisons },
  { policy },
);
const often = { checkpointEvery: 1, evaluateEvery: 3, batchSize: 4 };
const drawn = { evaluationPrompts: 2, maxNewTokens: 4 };
const cases: [string, TrainingSpecInput, TrainingData][] = [
  ["pretrain", { trainer: "pretrain", ...often, steps: 6, windows: "random" }, { texts, heldOutTexts: ["zabc"] }],
  ["sft", { trainer: "sft", ...often, epochs: 0.12, accumulate: 2 }, { demonstrations }],
  ["reward", { trainer: "reward", ...often, epochs: 0.12 }, { comparisons }],
  ["ratings", { trainer: "reward", ...often, epochs: 0.12, objective: { kind: "squared-error" } }, { ratings }],
  ["ilql", { trainer: "ilql", ...often, ...drawn, epochs: 0.1, samplesPerPrompt: 1 }, { answers }],
  ["dpo", { trainer: "dpo", ...often, ...drawn, epochs: 0.12 }, { comparisons }],
  ["ppo", { trainer: "ppo", ...often, ...drawn, steps: 5, epochs: 2 }, { prompts }],
  ["rloo", { trainer: "rloo", ...often, ...drawn, steps: 5 }, { prompts }],
  ["grpo", { trainer: "grpo", ...often, ...drawn, steps: 5 }, { prompts }],
];

describe.each(cases)("%s on a policy in GPT-2's style", (name, spec, data) => {
  test("killed and resumed, it ends with the same bits as undisturbed, in the same style", async () => {
    const undisturbed = await train(spec, data, { policy, reward });
    let last: Files | undefined;
    const onCheckpoint = (step: number, files: Files) => {
      last = new Map([...files].map(([file, bytes]) => [file, bytes.slice()]));
      if (step === 3) throw new Error("killed");
    };
    await expect(train(spec, data, { policy, reward }, { onCheckpoint })).rejects.toThrow("killed");
    const resumed = await train(spec, data, { policy, reward }, { resume: last });
    for (const [file, bytes] of undisturbed.files) expect(resumed.files.get(file), `${name} ${file}`).toEqual(bytes);
    const model = unpackModel(undisturbed.files);
    expect(model.config).toEqual(unpackModel(policy).config);
  });
});

describe("a policy in GPT-2's style", () => {
  test("learns to answer and to end its answers, and every tensor of it moves", async () => {
    const { files, metrics } = await train({ trainer: "sft", epochs: 4 }, { demonstrations }, { policy });
    // Four letters drawn evenly and a certain end: 4·log 4 / 5 = 1.11 nats a token.
    expect(metrics["heldout.loss"]).toBeLessThan(1.25);
    const question = [{ role: "user" as const, content: "q3" }];
    const completions = await generateCompletions({
      engine,
      policy: files,
      prompts: Array.from({ length: 50 }, () => question),
      seed: 1,
      options: { temperature: 1, maxNewTokens: 8 },
    });
    const fitting = completions.filter(({ text, finishReason }) => /^[abcz]{4}$/.test(text) && finishReason === "stop");
    expect(fitting.length).toBeGreaterThan(40);
    const [before, after] = [policy, files].map((of) =>
      readSafetensors(of.get("model.safetensors") ?? new Uint8Array()),
    );
    for (const [name, { values }] of after ?? []) expect(values, name).not.toEqual(before?.get(name)?.values);
  });

  test("makes a reward model that finds the liked letter", () => {
    expect(rewardMetrics["heldout.accuracy"]).toBeGreaterThan(0.85);
  });
});
