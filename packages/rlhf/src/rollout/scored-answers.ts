import type { RewardScorer } from "../reward/reward-scorer.ts";
import { type DrawnAnswer, type DrawRequest, drawAnswers, type EncodedPrompt } from "./draw-answers.ts";

/** A drawn answer, and what the reward model says of it. */
export interface ScoredAnswer<Prompt extends EncodedPrompt = EncodedPrompt> extends DrawnAnswer<Prompt> {
  /** Normalised score of the reward model. */
  readonly reward: number;
}

/** Its reward, less what an answer costs that never ends. */
export function withEndPenalty({ reward, ended }: Pick<ScoredAnswer, "reward" | "ended">, missingEos: number): number {
  return ended ? reward : reward - missingEos;
}

export interface ScoredAnswersRequest<Prompt extends EncodedPrompt = EncodedPrompt> extends DrawRequest<Prompt> {
  readonly scorer: RewardScorer;
}

/**
 * Draws one answer a prompt and has it scored. The text is scored, as people would read it.
 * @throws TrainingError `cancelled`
 */
export async function scoredAnswers<Prompt extends EncodedPrompt>(
  request: ScoredAnswersRequest<Prompt>,
): Promise<ScoredAnswer<Prompt>[]> {
  const { scorer, tokenizer, signal } = request;
  const drawn = await drawAnswers(request);
  const items = drawn.map(({ prompt: { prompt }, answer }) => ({
    prompt,
    text: tokenizer.decodeAnswer(answer.tokens),
  }));
  const scores = await scorer.score(items, signal);
  return drawn.map((answer, index) => ({ ...answer, reward: scores[index]?.normalised ?? Number.NaN }));
}
