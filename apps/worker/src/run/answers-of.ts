import type { Engine } from "@touchstone/engine";
import { generateCompletions, openScorer } from "@touchstone/rlhf";
import type { Files } from "./files.ts";
import type { Answer, ThreadJob } from "./thread-messages.ts";

/** Answers scored between two words on how far it is: one by frozen features of a real model takes a tenth of a second. */
const scoredAtOnce = 32;

type GenerateJob = Extract<ThreadJob, { type: "generate" }>;

interface Tools {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** Told how many answers have been given and scored, of how many. */
  readonly onProgress: (done: number, total: number) => void;
}

/** One answer of each policy to each prompt, and what the choice among the first one's brought. */
interface Answers {
  readonly answers: Answer[][];
  /** By how much the chosen answers' normalised scores exceed the mean of all that were drawn; null where none was chosen. */
  readonly gain: number | null;
}

/**
 * Answers prompts with each policy. Of the first, where `bestOf` says so, the answer to a prompt is the highest scored of
 * several, the first of equals; they are drawn from other streams than the single ones, for it may meet itself.
 */
export async function answersOf(job: GenerateJob, { engine, signal, onProgress }: Tools): Promise<Answers> {
  const { policies, prompts, sampling: options, seed, bestOf } = job;
  const samples = policies.map((_, place) => (place === 0 && bestOf !== null ? bestOf.samples : 1));
  const scored = bestOf === null ? 0 : bestOf.samples * prompts.length;
  const total = samples.reduce((sum, count) => sum + count, 0) * prompts.length + scored;
  const answers: Answer[][] = [];
  let before = 0;
  let gain: number | null = null;
  for (const [place, policy] of policies.entries()) {
    const repeats = samples[place] ?? 1;
    const asked = prompts.flatMap((prompt) => Array.from({ length: repeats }, () => prompt));
    const drawn = await generateCompletions({
      engine,
      policy,
      prompts: asked,
      options,
      seed: repeats > 1 ? `${seed} best of ${repeats}` : seed,
      signal,
      onProgress: (ended) => onProgress(before + ended, total),
    });
    before += asked.length;
    const told = drawn.map(({ text, finishReason }) => ({ text, finishReason }));
    if (place > 0 || bestOf === null) {
      answers.push(told);
      continue;
    }
    const items = told.map(({ text }, index) => ({ prompt: asked[index] ?? [], text }));
    const scores = await scoresOf(items, bestOf.reward, {
      ...{ engine, signal },
      onProgress: (done) => onProgress(before + done, total),
    });
    before += items.length;
    const best = bestOfEach(scores, repeats);
    answers.push(best.flatMap((index) => told[index] ?? []));
    gain = mean(best.map((index) => scores[index] ?? 0)) - mean(scores);
  }
  return { answers, gain };
}

type Items = Parameters<ReturnType<typeof openScorer>["score"]>[0];

/** Normalised, in the order of the items. */
async function scoresOf(items: Items, reward: Files, { engine, signal, onProgress }: Tools): Promise<number[]> {
  const scorer = openScorer(engine, reward);
  const scores: number[] = [];
  try {
    while (scores.length < items.length) {
      const some = await scorer.score(items.slice(scores.length, scores.length + scoredAtOnce), signal);
      scores.push(...some.map(({ normalised }) => normalised));
      onProgress(scores.length, items.length);
    }
    return scores;
  } finally {
    scorer.dispose();
  }
}

/** @returns of each run of so many scores the index of the highest, the first of equals */
export function bestOfEach(scores: readonly number[], samples: number): number[] {
  return Array.from({ length: scores.length / samples }, (_, prompt) => {
    const first = prompt * samples;
    const own = scores.slice(first, first + samples);
    return first + own.indexOf(Math.max(...own));
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
