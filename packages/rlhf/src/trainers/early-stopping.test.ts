import type { RunFact, TrainingSpecInput } from "@touchstone/contracts";
import { describe, expect, test } from "vitest";
import type { Files } from "../model/files.ts";
import type { Metrics, TrainerRequest, TrainingData } from "../training/request.ts";
import { answers, comparisons, demonstrations, engine, prompts, ratings, texts, train } from "./tiny-world.fixture.ts";

const policy = (await train({ trainer: "sft", epochs: 4 }, { demonstrations })).files;
const reward = (await train({ trainer: "reward", epochs: 1 }, { comparisons })).files;

/** A run with all its looks, checkpoints and facts. */
async function watched(spec: TrainingSpecInput, data: TrainingData, rest: Partial<TrainerRequest> = {}) {
  const looks: { step: number; values: Metrics }[] = [];
  const checkpoints = new Map<number, Files>();
  const facts: RunFact[] = [];
  const result = await train(
    spec,
    data,
    { policy, reward },
    {
      ...rest,
      onMetric: (step, values) => void (values.lr === undefined && looks.push({ step, values })),
      onCheckpoint: (step, files) => void checkpoints.set(step, new Map(files)),
      onNote: (_, fact) => void (fact && facts.push(fact)),
    },
  );
  return { ...result, looks, checkpoints, facts };
}

// Few demonstrations, learned by heart: what is held out gets worse soon.
const few = [
  ...demonstrations.filter(({ split }) => split === "train").slice(0, 12),
  ...demonstrations.filter(({ split }) => split !== "train"),
];
const memorising = {
  trainer: "sft" as const,
  ...{ epochs: 60, batchSize: 12, evaluateEvery: 2, checkpointEvery: 1, weightDecay: 0, learningRate: 5e-3 },
};
const patient = { ...memorising, earlyStopping: { patience: 3 } };

describe("early stopping", () => {
  test("ends a run that only learns by heart, and publishes the weights of its best look", async () => {
    const whole = await watched(memorising, { demonstrations: few });
    const stopped = await watched(patient, { demonstrations: few });
    expect(whole.steps).toBe(60);
    expect(stopped.steps).toBeLessThan(30);
    const losses = stopped.looks.slice(0, -1).map(({ values }) => values["heldout.loss"] ?? Number.NaN);
    const best = Math.min(...losses);
    expect(losses.indexOf(best)).toBe(losses.length - 4); // three looks later it ends
    expect(stopped.metrics).toMatchObject({ "heldout.loss": best, bestStep: 2 * (losses.length - 3) });
    expect(best).toBeLessThan(whole.metrics["heldout.loss"] ?? 0);
    expect(stopped.facts.slice(-2)).toMatchObject([
      { code: "stopped_early", values: { step: stopped.steps, total: 60, metric: "heldout.loss", patience: 3 } },
      { code: "best_weights", values: { step: stopped.metrics.bestStep } },
    ]);
    // Until then it is the very same run.
    expect(stopped.looks.slice(0, -1)).toEqual(whole.looks.slice(0, losses.length));
  });

  test.each([[patient], [{ ...patient, lora: { rank: 4 }, learningRate: 2e-2 }]])(
    "killed before or after its best look and resumed, it ends at the same step with the same bits",
    async (spec) => {
      const tensors = engine.tf.memory().numTensors;
      const undisturbed = await watched(spec, { demonstrations: few });
      expect(undisturbed.steps).toBeLessThan(60);
      for (const step of [1, (undisturbed.metrics.bestStep ?? 0) + 1, undisturbed.steps - 1]) {
        const resume = undisturbed.checkpoints.get(step);
        if (!resume) throw new Error(`no checkpoint of step ${step}`);
        const resumed = await watched(spec, { demonstrations: few }, { resume });
        expect(resumed.steps).toBe(undisturbed.steps);
        expect(resumed.files).toEqual(undisturbed.files);
        expect(resumed.metrics).toEqual(undisturbed.metrics);
      }
      expect(engine.tf.memory().numTensors).toBe(tensors);
    },
  );

  const impatient = { earlyStopping: { patience: 1 }, evaluateEvery: 1, batchSize: 4, learningRate: 1e-7 };
  const drawing = { evaluationPrompts: 2, maxNewTokens: 4 };
  test.each<[string, string, TrainingSpecInput, TrainingData]>([
    ["pretrain", "heldout.loss", { trainer: "pretrain", ...impatient, steps: 9, heldOut: 0.1 }, { texts }],
    ["sft", "heldout.loss", { trainer: "sft", ...impatient }, { demonstrations }],
    ["reward", "heldout.accuracy", { trainer: "reward", ...impatient }, { comparisons }],
    ["reward", "heldout.mse", { trainer: "reward", ...impatient, objective: { kind: "squared-error" } }, { ratings }],
    ["ilql", "heldout.reward", { trainer: "ilql", ...impatient, ...drawing, samplesPerPrompt: 0 }, { answers }],
    ["dpo", "heldout.accuracy", { trainer: "dpo", ...impatient, ...drawing }, { comparisons }],
    ["rloo", "heldout.reward", { trainer: "rloo", ...impatient, ...drawing, steps: 9 }, { prompts }],
    ["grpo", "heldout.reward", { trainer: "grpo", ...impatient, ...drawing, steps: 9 }, { prompts }],
    ["ppo", "heldout.reward", { trainer: "ppo", ...impatient, ...drawing, steps: 9 }, { prompts }],
  ])("%s goes by %s", async (_, metric, spec, data) => {
    // Nothing moves at such a rate, so no look beats the first by this much.
    const still = { patience: 1, minimumGain: 0.5 };
    const { steps, facts } = await watched({ ...spec, earlyStopping: still }, data);
    expect(steps).toBe(2);
    expect(facts).toContainEqual(
      expect.objectContaining({ code: "stopped_early", values: expect.objectContaining({ metric }) }),
    );
  });

  test("a figure that looks do not have is refused with the names of those they have", async () => {
    const run = train({ ...patient, earlyStopping: { metric: "accuracy" } }, { demonstrations: few }, { policy });
    await expect(run).rejects.toMatchObject({
      code: "wrong_settings",
      message: "earlyStopping.metric: this run's looks have no “accuracy”. They have heldout.loss.",
    });
  });

  test("with nothing held out the run goes to its end and says so", async () => {
    const data = { demonstrations: few.filter(({ split }) => split === "train") };
    const { steps, facts } = await watched({ ...patient, epochs: 6 }, data);
    expect(steps).toBe(6);
    expect(facts.map(({ code }) => code)).toEqual(["trained_on", "nothing_to_stop_by"]);
  });
});
