import { type GrpoSpec, type PpoSpec, type RlooSpec, TrainingSpec } from "@touchstone/contracts";
import type { Engine } from "@touchstone/engine";
import { type Files, generateCompletions, runTrainer } from "@touchstone/rlhf";
import type { z } from "zod";
import { expectedBestOf } from "./best-of-n.ts";
import { judge, maxNewTokens, measure, type PromptRow } from "./measure.ts";
import { storyPrompts } from "./prompts.ts";
import { warmth } from "./rule.ts";

/** A point of the frontier: what was gained, and how far from the start. */
export interface Point {
  readonly step: number;
  readonly reward: number;
  readonly kl: number;
}

export interface OnPolicyRun {
  readonly seed: number;
  /** Looks at the test openings during training, one answer a prompt each. */
  readonly path: readonly Point[];
  readonly rows: readonly PromptRow[];
}

export type OnPolicySpec = z.input<typeof RlooSpec> | z.input<typeof GrpoSpec> | z.input<typeof PpoSpec>;

/** Optimises against the rule itself, and measures the last policy on the test openings. */
export async function optimise(
  engine: Engine,
  start: Files,
  spec: OnPolicySpec,
  seed: number,
  answersPerPrompt: number,
): Promise<OnPolicyRun> {
  const path: Point[] = [];
  const { files } = await runTrainer({
    spec: TrainingSpec.parse({ ...spec, maxNewTokens, missingEosPenalty: 0 }),
    data: { prompts: [...storyPrompts("train"), ...storyPrompts("test", 4)] },
    models: { policy: start },
    judge,
    engine,
    seed,
    onMetric(step, values) {
      const [reward, kl] = [values["heldout.reward"], values["heldout.kl"]];
      if (reward !== undefined && kl !== undefined) path.push({ step, reward, kl });
    },
  });
  return { seed, path, rows: await measure(engine, files, start, answersPerPrompt, seed) };
}

/** Best-of-n of the starting policy on the test openings: the mean reward by prompt for each n. */
export async function bestOfN(
  engine: Engine,
  start: Files,
  sizes: readonly number[],
  answersPerPrompt: number,
): Promise<{ n: number; rows: { prompt: string; reward: number }[] }[]> {
  const prompts = storyPrompts("test");
  const answers = await generateCompletions({
    engine,
    policy: start,
    prompts: prompts.flatMap(({ prompt }) => Array.from({ length: answersPerPrompt }, () => prompt)),
    options: { temperature: 1, maxNewTokens },
    seed: "best of n",
    slots: 64,
  });
  const scores = prompts.map((_, index) =>
    answers.slice(index * answersPerPrompt, (index + 1) * answersPerPrompt).map(({ text }) => warmth(text)),
  );
  return sizes.map((n) => ({
    n,
    rows: prompts.map(({ promptId }, index) => ({
      prompt: promptId.slice(0, promptId.lastIndexOf("/")),
      reward: expectedBestOf(scores[index] ?? [], n),
    })),
  }));
}
