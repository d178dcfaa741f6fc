import type { RunFact, TrainingSpecInput } from "@touchstone/contracts";
import { seededRandom } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import type { Files } from "../model/files.ts";
import { openAlerts } from "../training/alerts.ts";
import type { Judge, Metrics, TrainerRequest, TrainingData } from "../training/request.ts";
import { answers, comparisons, demonstrations, prompts, train } from "./tiny-world.fixture.ts";

const policy = (await train({ trainer: "sft", epochs: 4 }, { demonstrations })).files;
const reward = (await train({ trainer: "reward", epochs: 3 }, { comparisons })).files;
const random = seededRandom(9);
const talkative = demonstrations.map((row) => ({ ...row, text: row.text.repeat(random.int(2) + 1) }));
/** Answers of four or eight letters. */
const varied = (await train({ trainer: "sft", epochs: 4 }, { demonstrations: talkative })).files;

/** Codes of the warnings of a run. */
async function warnings(
  spec: TrainingSpecInput,
  data: TrainingData,
  models: TrainerRequest["models"],
  rest: Partial<TrainerRequest> = {},
) {
  const facts: RunFact[] = [];
  await train(spec, data, models, { ...rest, onNote: (_, fact) => void (fact && facts.push(fact)) });
  return facts.filter(({ level }) => level === "warning");
}
const codes = (facts: readonly RunFact[]) => facts.map(({ code }) => code);
const scoring = (name: string, of: (text: string) => number): { judge: Judge } => ({
  judge: { name, score: (items) => items.map(({ text }) => of(text)) },
});
const group = {
  trainer: "rloo" as const,
  ...{ steps: 40, batchSize: 4, samplesPerPrompt: 8, learningRate: 3e-3, maxNewTokens: 8, evaluationPrompts: 8 },
};
const long = { ...group, maxNewTokens: 14, missingEosPenalty: 0 };
const direct = { trainer: "dpo" as const, epochs: 2, maxNewTokens: 8 };

describe("a healthy run warns of nothing", () => {
  test.each<[string, TrainingSpecInput, TrainingData]>([
    ["rloo", { ...group, beta: 0.5 }, { prompts }],
    ["ppo", { trainer: "ppo", steps: 30, beta: 0.5, learningRate: 1e-3, maxNewTokens: 8 }, { prompts }],
    ["dpo", { ...direct, learningRate: 3e-4, objective: { kind: "dpo", beta: 0.5 } }, { comparisons }],
  ])("%s", async (_, spec, data) => {
    expect(await warnings(spec, data, { policy, reward })).toEqual([]);
  });

  test("rloo that gets better without getting longer, though answers differ in length", async () => {
    const share = scoring("share of z", (text) => (4 * (text.split("z").length - 1)) / Math.max(4, text.length));
    expect(codes(await warnings({ ...long, beta: 0.5 }, { prompts }, { policy: varied }, share))).toEqual([]);
  });
});

describe("a run that goes wrong says how, in words and once", () => {
  test("KL that explodes: a reward for letters that the reference never writes, at no price", async () => {
    const strange = scoring("strange letters", (text) => [...text].filter((letter) => !"abcz".includes(letter)).length);
    const facts = await warnings({ ...group, beta: 0, learningRate: 1e-2 }, { prompts }, { policy }, strange);
    expect(codes(facts).filter((code) => code === "exploding_kl")).toEqual(["exploding_kl"]);
    expect(Number(facts.find(({ code }) => code === "exploding_kl")?.values.kl)).toBeGreaterThan(10);
  });

  test("entropy that collapses: the reward is all, and one answer has most of it", async () => {
    const facts = await warnings({ ...group, beta: 0, learningRate: 5e-3 }, { prompts }, { policy, reward });
    expect(codes(facts)).toContain("collapsed_entropy");
  });

  test("entropy that falls from 3.1 to 0.1 nats within the fifteen steps of a quick run", () => {
    const said: (RunFact | undefined)[] = [];
    const alerts = openAlerts((_, fact) => said.push(fact));
    for (let step = 1; step <= 15; step++) alerts.step(step, { entropy: 3.1 * (0.1 / 3.1) ** ((step - 1) / 14) });
    expect(said.map((fact) => fact?.code)).toEqual(["collapsed_entropy"]);
    // Said at the step at which it is so, and not before: the mean of three steps below a tenth of the first three.
    expect(said[0]?.values.to).toBeLessThan(0.1 * Number(said[0]?.values.from));
  });

  test("one step of few answers is no collapse", () => {
    const said: string[] = [];
    const alerts = openAlerts((message) => said.push(message));
    const entropies = [3, 3.2, 3.1, 2.9, 0.1, 2.8, 0.2, 0.1, 2.7, 3];
    for (const [index, entropy] of entropies.entries()) alerts.step(index + 1, { entropy });
    expect(said).toEqual([]);
  });

  test.each<[string, TrainingSpecInput]>([
    ["rloo", { ...group, steps: 3 }],
    ["grpo", { ...group, trainer: "grpo", steps: 3 }],
    ["Dr. GRPO", { ...group, trainer: "grpo", scaled: false, steps: 3 }],
    ["ppo", { trainer: "ppo", steps: 3, batchSize: 8, epochs: 1, maxNewTokens: 8, evaluationPrompts: 8 }],
  ])("rewards that are all equal, though answers are priced by their KL and their missing end: %s", async (_, spec) => {
    const alike = scoring("alike", () => 0.17763);
    const facts = await warnings(spec, { prompts }, { policy: varied, reference: policy }, alike);
    expect(codes(facts).filter((code) => code === "equal_rewards")).toEqual(["equal_rewards"]);
  });

  test("GRPO does not blow the sampled KL up where rewards are equal: its first step moves nothing", async () => {
    const alike = scoring("alike", () => 0.17763);
    const norms: number[] = [];
    const onMetric = (_: number, { gradNorm }: Metrics) => void (gradNorm !== undefined && norms.push(gradNorm));
    const spec = { ...group, trainer: "grpo" as const, steps: 3, missingEosPenalty: 0 };
    await train(spec, { prompts }, { policy: varied, reference: policy }, { ...alike, onMetric });
    expect(norms).toEqual([0, 0, 0]);
  });

  test("stored rewards that are all equal", async () => {
    const rewarded = answers.map((answer) => ({ ...answer, reward: 3 }));
    const spec = { trainer: "ilql" as const, epochs: 0.1, samplesPerPrompt: 0, maxNewTokens: 4, evaluationPrompts: 2 };
    expect(codes(await warnings(spec, { answers: rewarded }, { policy }))).toContain("equal_rewards");
  });

  test("reward that rises with length only: a rule that pays by the letter", async () => {
    const paid = scoring("length", (text) => text.length / 2);
    const facts = await warnings(long, { prompts }, { policy: varied }, paid);
    expect(codes(facts)).toContain("reward_by_length");
    const { lengthFrom = 0, lengthTo = 0, share } = facts.find(({ code }) => code === "reward_by_length")?.values ?? {};
    expect(Number(lengthTo)).toBeGreaterThan(Number(lengthFrom));
    expect(share).toBeGreaterThan(80);
  });

  test("preferred answers that become less likely: DPO at a high rate", async () => {
    const facts = await warnings({ ...direct, learningRate: 5e-3 }, { comparisons }, { policy });
    expect(codes(facts)).toContain("falling_chosen");
  });

  test("a resumed run remembers what was said, and warns of the rest as the undisturbed one does", async () => {
    const spec = { ...group, beta: 0, learningRate: 5e-3, checkpointEvery: 15, evaluateEvery: 100 };
    let saved: Files | undefined;
    const keep = {
      onCheckpoint: (step: number, files: Files) => {
        if (step === 15) saved = files;
      },
    };
    const undisturbed = await warnings(spec, { prompts }, { policy, reward }, keep);
    if (!saved) throw new Error("no checkpoint was written");
    const resumed = await warnings(spec, { prompts }, { policy, reward }, { resume: saved });
    const before = undisturbed.filter((fact) => !resumed.some(({ code }) => code === fact.code));
    expect([...before, ...resumed]).toEqual(undisturbed);
    expect(codes(resumed)).toContain("collapsed_entropy");
  });
});
