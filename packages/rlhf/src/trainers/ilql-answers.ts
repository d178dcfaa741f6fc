import { meanOf } from "../arithmetic.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { grouped } from "../reward/grouped.ts";
import { type ScoredAnswersRequest, scoredAnswers, withEndPenalty } from "../rollout/scored-answers.ts";
import type { AnsweredPrompt } from "../training/request.ts";
import type { RewardedSequence } from "./ilql-part.ts";
import type { NamedPrompt } from "./policy-prompts.ts";

/** An answer with its score, and the prompt within which that score means something. */
export interface ScoredSequence {
  readonly sequence: AnswerSequence;
  readonly promptId: string;
  /** Normalised score of the reward model. */
  readonly score: number;
}

export interface FreshAnswersRequest extends ScoredAnswersRequest<NamedPrompt> {
  readonly samplesPerPrompt: number;
  /** Taken off the score of an answer that never ends. */
  readonly missingEosPenalty: number;
}

/**
 * Draws answers of the starting policy and has the reward model score them: what people judged teaches the reward model, which
 * then labels far more answers than people could read, so that Q sees more than one token in most states.
 */
export async function freshAnswers({
  samplesPerPrompt,
  missingEosPenalty,
  ...request
}: FreshAnswersRequest): Promise<ScoredSequence[]> {
  const prompts = request.prompts.flatMap((prompt) => Array.from({ length: samplesPerPrompt }, () => prompt));
  const answers = await scoredAnswers({ ...request, prompts });
  return answers.map((answer) => ({
    sequence: answer.sequence,
    promptId: answer.prompt.promptId,
    score: withEndPenalty(answer, missingEosPenalty),
  }));
}

/**
 * Rewards that the answers bring along, in deviations, so that they weigh as much as a reward model's normalised scores.
 * @returns nothing unless every answer has one: two scales in one run would be compared
 */
export function storedRewards(answers: readonly AnsweredPrompt[]): number[] | undefined {
  const rewards = answers.flatMap(({ reward }) => reward ?? []);
  if (rewards.length < answers.length || rewards.length === 0) return undefined;
  const largest = rewards.reduce((most, reward) => Math.max(most, Math.abs(reward)), 0);
  if (largest === 0) return rewards;
  // By a power of two, which rounds nothing: so the squares of any numbers that a file can hold stay within bounds.
  const unit = 2 ** Math.floor(Math.log2(largest));
  const shares = rewards.map((reward) => reward / unit);
  const mean = meanOf(shares);
  const deviation = Math.sqrt(meanOf(shares.map((share) => (share - mean) ** 2)));
  return shares.map((share) => share / Math.max(deviation, 1e-6));
}

/**
 * Rewards are known up to a constant for each prompt only, so each is counted from the mean of its prompt's answers; the only
 * answer to a prompt, having nothing beside it, from the mean of all.
 */
export function rewardedWithinPrompts(answers: readonly ScoredSequence[]): RewardedSequence[] {
  const overall = meanOf(answers.map(({ score }) => score));
  const means = new Map(
    [...grouped(answers, ({ promptId }) => promptId)].map(([promptId, own]) => [
      promptId,
      own.length > 1 ? meanOf(own.map(({ score }) => score)) : overall,
    ]),
  );
  return answers.map(({ sequence, promptId, score }) => ({
    sequence,
    reward: score - (means.get(promptId) ?? overall),
  }));
}
