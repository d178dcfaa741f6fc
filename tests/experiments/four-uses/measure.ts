import type { Engine } from "@touchstone/engine";
import { namesRightClass, type PracticePrompt, type PracticeUse, referenceAnswer, utility } from "@touchstone/practice";
import { type Files, generateCompletions } from "@touchstone/rlhf";
import { chrf } from "./chrf.ts";

/** What an answer is measured by, according to what was asked for. */
export const metricOf: Readonly<Record<PracticeUse, string>> = {
  story: "utility",
  translation: "chrF",
  question: "exact match",
  classification: "accuracy",
};

/** Answers sampled to each prompt, at temperature 1: as people would be shown them. */
export const samples = 4;

export interface Measured {
  readonly use: PracticeUse;
  readonly promptId: string;
  /** Mean over the prompt's answers of its use's metric, in [0, 1]. */
  readonly metric: number;
  readonly utility: number;
}

/** One row a prompt, in order. The seed fixes the sampling, so that two policies are measured with the same random numbers. */
export async function measure(
  engine: Engine,
  policy: Files,
  prompts: readonly PracticePrompt[],
  seed: string,
): Promise<Measured[]> {
  const repeated = prompts.flatMap((prompt) => Array.from({ length: samples }, () => prompt));
  const answers = await generateCompletions({
    engine,
    policy,
    prompts: repeated.map(({ messages }) => messages),
    options: { temperature: 1 },
    seed,
  });
  return prompts.map((prompt, index) => {
    const own = answers.slice(index * samples, (index + 1) * samples).map(({ text }) => text);
    return {
      use: prompt.use,
      promptId: prompt.id,
      metric: mean(own.map((text) => scoreOf(prompt, text))),
      utility: mean(own.map((text) => utility(prompt.task, text))),
    };
  });
}

function scoreOf({ use, task }: PracticePrompt, text: string): number {
  switch (use) {
    case "story":
      return utility(task, text);
    case "translation":
      return chrf(text, referenceAnswer(task)) / 100;
    case "question":
      return text.trim() === referenceAnswer(task) ? 1 : 0;
    case "classification":
      return namesRightClass(task, text) ? 1 : 0;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
