import { uniformFrom } from "../seeded-random.ts";
import type { JudgedPrompt } from "./win-rate.ts";

export interface CrowdOptions {
  readonly seed: number;
  readonly prompts: number;
  readonly overlap: number;
  readonly annotators: number;
  /** Mean advantage of the candidate's answers in units of the noise; 0 for two equal policies. */
  readonly advantage: number;
  /** Whether the sides alternate within a prompt, or are drawn for each judgement by itself. */
  readonly balanced: boolean;
  /** Share of prompts that people abandon for good before all judgements are in. */
  readonly abandoned: number;
}

/**
 * An evaluation as people fill it, one judgement at a time: a handful of annotators, each with a lasting bias towards
 * one side of the screen, a lasting carelessness and an own habit of calling ties; answers of one prompt that really
 * differ (so that judgements of it agree); easy prompts done sooner than hard ones.
 * Yields the same array after each judgement, grown in place.
 */
export function* simulatedCrowd(options: CrowdOptions): Generator<readonly JudgedPrompt[]> {
  const uniform = uniformFrom(options.seed);
  // The sum of four uniforms, centred and scaled to variance 1: near enough to normal.
  const noise = () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
  const crowd = Array.from({ length: options.annotators }, () => ({
    sideBias: 1.5 * noise(),
    careless: 0.6 * uniform(),
    tieWidth: 0.6 * uniform(),
  }));
  const prompts = Array.from({ length: options.prompts }, (_, index) => {
    const difference = options.advantage + noise();
    // Easy prompts are taken up sooner, by up to a quarter of the whole, so that completion depends on the difference.
    const delay = Math.max(0, 1 - Math.abs(difference)) * 0.25 * options.prompts;
    return { difference, turn: index + delay * uniform(), candidateLeftFirst: uniform() < 0.5, scores: [] as number[] };
  });
  const slots = prompts
    .flatMap((prompt) => {
      const wanted = uniform() < options.abandoned ? Math.floor(uniform() * options.overlap) : options.overlap;
      return Array.from({ length: wanted }, (_, slot) => ({ prompt, slot, at: prompt.turn + 10 * uniform() }));
    })
    .sort((one, other) => one.at - other.at);
  const view = prompts.map(({ scores }) => ({ wanted: options.overlap, scores }));
  for (const { prompt, slot } of slots) {
    const annotator = crowd[Math.floor(uniform() * crowd.length)];
    if (annotator === undefined) continue;
    const candidateLeft = options.balanced ? (slot % 2 === 0) === prompt.candidateLeftFirst : uniform() < 0.5;
    const seen = uniform() < annotator.careless ? 0 : prompt.difference;
    const felt = seen + noise() + (candidateLeft ? annotator.sideBias : -annotator.sideBias);
    const isTie = Math.abs(felt) < annotator.tieWidth;
    prompt.scores.push(isTie ? 0.5 : Number(felt > 0));
    yield view;
  }
}
