import type { Engine } from "@touchstone/engine";
import { practicePrompts, utility } from "@touchstone/practice";
import { type Files, generateCompletions } from "@touchstone/rlhf";

/** How good a policy of the practice world is on held-out prompts, at temperature 1, by the world's own rule. */
export interface PracticeFigures {
  readonly prompts: number;
  readonly samplesPerPrompt: number;
  readonly meanUtility: number;
  /** Mean over prompts of the standard deviation among answers to one prompt: what policy optimisation can feed on. */
  readonly withinPromptDeviation: number;
  /** Mean of the best answer to each prompt: how much there is to gain by choosing well. */
  readonly bestOfSamples: number;
  readonly ended: number;
  readonly byUse: Readonly<Record<string, number>>;
}

export async function measurePolicy(
  policy: Files,
  engine: Engine,
  options: { prompts: number; samplesPerPrompt: number; seed: number },
): Promise<PracticeFigures> {
  const { samplesPerPrompt } = options;
  const prompts = practicePrompts(options.seed, options.prompts, "test");
  const repeated = prompts.flatMap((prompt) => Array.from({ length: samplesPerPrompt }, () => prompt));
  const answers = await generateCompletions({
    engine,
    policy,
    prompts: repeated.map((prompt) => prompt.messages),
    options: { temperature: 1 },
    seed: options.seed,
  });
  const scores = repeated.map(({ task }, i) => utility(task, answers[i]?.text ?? ""));
  const groups = prompts.map((_, i) => scores.slice(i * samplesPerPrompt, (i + 1) * samplesPerPrompt));
  const uses = [...new Set(prompts.map((prompt) => prompt.use))];
  return {
    prompts: prompts.length,
    samplesPerPrompt,
    meanUtility: mean(scores),
    withinPromptDeviation: mean(groups.map(deviation)),
    bestOfSamples: mean(groups.map((group) => Math.max(...group))),
    ended: mean(answers.map(({ finishReason }) => (finishReason === "stop" ? 1 : 0))),
    byUse: Object.fromEntries(uses.map((use) => [use, mean(scores.filter((_, i) => repeated[i]?.use === use))])),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
