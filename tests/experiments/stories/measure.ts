import type { Engine } from "@touchstone/engine";
import { type ClusteredMean, clusteredMean, evaluatePolicy, type Files } from "@touchstone/rlhf";
import { storyPrompts } from "./prompts.ts";
import { warmth } from "./rule.ts";

/** Length of every answer, in tokens. The practice of llama2.c's model is to go on, so nearly all reach it. */
export const maxNewTokens = 64;

/** The rule as a judge of runs. */
export const judge = {
  name: "different words of warmth",
  score: (items: readonly { readonly text: string }[]) => items.map(({ text }) => warmth(text)),
};

/** What a policy made of one prompt's answers, means over them. */
export interface PromptRow {
  readonly prompt: string;
  readonly reward: number;
  /** Against the starting policy, k1 summed over the completion, in nats at temperature 1. */
  readonly kl: number;
}

/** A policy on the test openings. The seed fixes the sampling, so that policies are compared with the same random numbers. */
export async function measure(
  engine: Engine,
  policy: Files,
  start: Files,
  answersPerPrompt: number,
  seed: number,
): Promise<PromptRow[]> {
  const prompts = storyPrompts("test", answersPerPrompt);
  const answers = await evaluatePolicy({
    engine,
    policy,
    models: { reference: start },
    judge,
    prompts,
    maxNewTokens,
    seed,
  });
  const promptOf = (id: string) => id.slice(0, id.lastIndexOf("/"));
  const byPrompt = grouped(answers, ({ promptId }) => promptOf(promptId));
  return [...byPrompt].map(([prompt, own]) => ({
    prompt,
    reward: mean(own.map(({ reward }) => reward)),
    kl: mean(own.map(({ kl }) => kl)),
  }));
}

/** Means with 95 % intervals, clustered by prompt, over the rows of one or more seeds. */
export function figuresOf(rows: readonly PromptRow[]): { reward: ClusteredMean; kl: ClusteredMean } {
  const of = (value: (row: PromptRow) => number) =>
    clusteredMean(rows.map((row) => ({ cluster: row.prompt, value: value(row) })));
  return { reward: of(({ reward }) => reward), kl: of(({ kl }) => kl) };
}

/** The difference in reward, prompt by prompt. */
export function leadOf(rows: readonly PromptRow[], over: readonly PromptRow[]): ClusteredMean {
  return clusteredMean(
    rows.map(({ prompt, reward }, index) => ({ cluster: prompt, value: reward - (over[index]?.reward ?? Number.NaN) })),
  );
}

/** Values by key, in the order of their appearance. */
export function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
