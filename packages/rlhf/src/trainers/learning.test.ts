import type { TrainingSpecInput } from "@touchstone/contracts";
import { seededRandom } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import type { Files } from "../model/files.ts";
import { unpackModel } from "../model/model-files.ts";
import { scoreCompletions } from "../reward/score-completions.ts";
import { generateCompletions } from "../rollout/generate-completions.ts";
import type { Metrics } from "../training/request.ts";
import { answers, comparisons, demonstrations, engine, prompts, ratings, texts, train } from "./tiny-world.fixture.ts";

const question = [{ role: "user" as const, content: "q3" }];
const ask = (policy: Files, count = 200) =>
  generateCompletions({
    engine,
    policy,
    prompts: Array.from({ length: count }, () => question),
    seed: 1,
    options: { temperature: 1, maxNewTokens: 8 },
  });
/** Mean number of the liked letter in an answer. */
const liked = async (policy: Files) => {
  const completions = await ask(policy);
  return completions.reduce((sum, { text }) => sum + text.split("z").length - 1, 0) / completions.length;
};
const scoreOf = async (reward: Files, text: string) =>
  (await scoreCompletions({ engine, reward, items: [{ prompt: question, text }] }))[0];

const imitation = await train({ trainer: "sft", epochs: 4 }, { demonstrations });
const preference = await train({ trainer: "reward", epochs: 3 }, { comparisons });

describe("pretraining", () => {
  test("learns the letters of a corpus with a tokenizer of its own", async () => {
    const { metrics } = await train(
      {
        trainer: "pretrain",
        steps: 40,
        heldOut: 0.1,
        model: { vocab: 280, context: 24, layers: 1, heads: 2, kvHeads: 1, width: 32, hidden: 48 },
      },
      { texts },
      { policy: undefined },
    );
    // Letters that repeat after four: far below the log 280 = 5.6 nats of knowing nothing.
    expect(metrics["heldout.loss"]).toBeLessThan(2.5);
  });
});

describe("supervised fine-tuning", () => {
  test("imitates answers and learns to end them", async () => {
    // Four letters drawn evenly and a certain end: 4·log 4 / 5 = 1.11 nats a token.
    expect(imitation.metrics["heldout.loss"]).toBeLessThan(1.25);
    const completions = await ask(imitation.files, 50);
    const fitting = completions.filter(({ text, finishReason }) => /^[abcz]{4}$/.test(text) && finishReason === "stop");
    expect(fitting.length).toBeGreaterThan(40);
  });
});

describe("direct preference optimisation", () => {
  test.each([
    ["dpo", 2e-3],
    ["ipo", 2e-3],
    ["kto", 2e-3],
  ] as const)("%s makes the policy write what people preferred, without a reward model", async (kind, learningRate) => {
    const before = await liked(imitation.files);
    const { files, metrics } = await train(
      { trainer: "dpo", epochs: 4, learningRate, objective: { kind }, maxNewTokens: 8 },
      { comparisons },
      { policy: imitation.files },
    );
    expect(await liked(files)).toBeGreaterThan(before + 0.7);
    expect(metrics["heldout.accuracy"]).toBeGreaterThan(0.85);
    expect(metrics["heldout.chosenLogRatio"]).toBeGreaterThan(metrics["heldout.rejectedLogRatio"] ?? 9);
    // It has moved away from where it started, and the figure says how far.
    expect(metrics["heldout.kl"]).toBeGreaterThan(0.1);
  });
});

describe("reward models", () => {
  test("comparisons teach the planted letter, held out, beside the baselines", async () => {
    expect(preference.metrics["heldout.accuracy"]).toBeGreaterThan(0.9);
    expect(preference.metrics["baseline.longer.accuracy"]).toBe(0.5);
    expect(preference.metrics["baseline.bigram.accuracy"]).toBeGreaterThan(0.4);
    const [good, bad] = [await scoreOf(preference.files, "zzzz"), await scoreOf(preference.files, "abca")];
    expect(good?.score).toBeGreaterThan(bad?.score ?? 9);
    expect(good?.normalised).toBeGreaterThan(1);
  });

  test("ratings teach it too, on the original scale", async () => {
    const { files, metrics } = await train(
      { trainer: "reward", epochs: 6, objective: { kind: "squared-error" } },
      { ratings },
    );
    expect(metrics["heldout.mse"]).toBeLessThan(0.5 * (metrics["baseline.mean.mse"] ?? 0));
    expect((await scoreOf(files, "zzaz"))?.score).toBeGreaterThan(3);
    expect((await scoreOf(files, "abca"))?.score).toBeLessThan(2.2);
  });

  test("the normalisation is that of the named reference set, and survives the files", async () => {
    const items = answers.filter(({ split }) => split === "train").slice(0, 100);
    const scores = await scoreCompletions({ engine, reward: preference.files, items });
    const mean = scores.reduce((sum, { normalised }) => sum + normalised, 0) / scores.length;
    expect(Math.abs(mean)).toBeLessThan(0.35);
  });
});

describe("policies", () => {
  const models = { policy: imitation.files, reward: preference.files };
  const groups = { steps: 40, batchSize: 4, samplesPerPrompt: 8, learningRate: 3e-3, maxNewTokens: 8 };

  test.each<[string, TrainingSpecInput]>([
    ["GRPO", { trainer: "grpo", ...groups }],
    ["Dr. GRPO", { trainer: "grpo", scaled: false, ...groups }],
    ["PPO", { trainer: "ppo", steps: 30, batchSize: 32, epochs: 4, learningRate: 2e-3, maxNewTokens: 8 }],
  ])("%s raises what the reward likes and stays near its reference", async (_, spec) => {
    const before = await liked(imitation.files);
    const { files, metrics } = await train(spec, { prompts }, models);
    expect(await liked(files)).toBeGreaterThan(before + 1);
    expect(metrics["heldout.reward"]).toBeGreaterThan((metrics["reference.reward"] ?? 9) + 0.5);
    expect(metrics["heldout.kl"]).toBeGreaterThan(0.1);
    expect(metrics["heldout.kl"]).toBeLessThan(20);
    expect([...unpackModel(files).weights.keys()].some((name) => name.startsWith("ppo."))).toBe(false);
  });

  test("PPO's price of KL follows the KL to its target", async () => {
    const adaptive = { target: 0.5, horizon: 100 };
    const spec = { trainer: "ppo" as const, steps: 12, batchSize: 32, learningRate: 2e-3, maxNewTokens: 8, adaptive };
    const betas: number[] = [];
    const watch = { onMetric: (_: number, { beta }: Metrics) => void (beta !== undefined && betas.push(beta)) };
    await train(spec, { prompts }, models, watch);
    // Below the target while nothing has moved, so cheaper; far above it later, so dearer again.
    expect(betas[1]).toBeLessThan(betas[0] ?? 0);
    expect(betas.at(-1)).toBeGreaterThan(Math.min(...betas));
  });

  test("RLOO raises what the reward likes and stays near its reference", async () => {
    const before = await liked(imitation.files);
    const { files, metrics } = await train({ trainer: "rloo", ...groups }, { prompts }, models);
    expect(await liked(files)).toBeGreaterThan(before + 1);
    expect(metrics["heldout.reward"]).toBeGreaterThan((metrics["reference.reward"] ?? 9) + 0.5);
    expect(metrics["heldout.kl"]).toBeGreaterThan(0.1);
    expect(metrics["heldout.kl"]).toBeLessThan(20);
    expect(Math.abs(metrics["reference.kl"] ?? 9)).toBeLessThan(1e-3);
  });

  test("ILQL prefers rewarded answers without ever sampling", async () => {
    const before = await liked(imitation.files);
    const { files } = await train(
      { trainer: "ilql", samplesPerPrompt: 0, epochs: 12, polyak: 0.05, maxNewTokens: 8 },
      { answers },
      models,
    );
    expect(await liked(files)).toBeGreaterThan(before + 0.5);
  });

  test("with fresh answers ILQL learns from a fifth of the judged ones", async () => {
    const few = answers.slice(0, 48);
    const { metrics } = await train(
      { trainer: "ilql", samplesPerPrompt: 8, epochs: 8, maxNewTokens: 8 },
      { answers: few },
      models,
    );
    const prompts = few.filter(({ split }) => split === "train").length;
    expect([metrics.labels, metrics.freshAnswers]).toEqual([prompts, 8 * prompts]);
    expect(metrics["heldout.reward"]).toBeGreaterThan((metrics["reference.reward"] ?? 9) + 0.5);
  });

  test("answers that never end are penalised: a policy learns to stop", async () => {
    const random = seededRandom(9);
    const rambling = demonstrations.map((row) => ({ ...row, text: row.text.repeat(random.int(4) + 1) }));
    const talkative = await train({ trainer: "sft", epochs: 3 }, { demonstrations: rambling });
    const { metrics } = await train(
      {
        trainer: "rloo",
        steps: 30,
        batchSize: 4,
        samplesPerPrompt: 8,
        learningRate: 3e-3,
        maxNewTokens: 8,
        missingEosPenalty: 5,
      },
      { prompts },
      { ...models, policy: talkative.files },
    );
    expect(metrics["heldout.ended"]).toBeGreaterThan((metrics["reference.ended"] ?? 9) + 0.15);
  });
});
