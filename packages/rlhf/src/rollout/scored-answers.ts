import type { Message } from "@touchstone/contracts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { RewardScorer } from "../reward/reward-scorer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { Policy } from "./policy.ts";
import { type SampledAnswer, sampleAnswers } from "./sample-answers.ts";

export interface EncodedPrompt {
  readonly prompt: readonly Message[];
  readonly ids: readonly number[];
}

/** An answer drawn at temperature 1, and what the reward model says of it. */
export interface ScoredAnswer<Prompt extends EncodedPrompt = EncodedPrompt> {
  readonly prompt: Prompt;
  readonly sequence: AnswerSequence;
  readonly answer: SampledAnswer;
  /** Normalised score of the reward model. */
  readonly reward: number;
  /** Whether the policy ended it by itself. */
  readonly ended: boolean;
}

export interface ScoredAnswersRequest<Prompt extends EncodedPrompt = EncodedPrompt> {
  readonly policy: Policy;
  readonly scorer: RewardScorer;
  readonly tokenizer: Tokenizer;
  /** One answer each; equal neighbours share the work on their prompt. */
  readonly prompts: readonly Prompt[];
  readonly maxNewTokens: number;
  readonly seed: string;
  readonly signal?: AbortSignal | undefined;
}

/** Answers under way at a time: past about 64 the products are large enough that more brings nothing. */
const slots = 64;

/**
 * Draws one answer a prompt from the whole distribution and has it scored. The text is scored, as people would read it.
 * @throws TrainingError `cancelled`
 */
export async function scoredAnswers<Prompt extends EncodedPrompt>(
  request: ScoredAnswersRequest<Prompt>,
): Promise<ScoredAnswer<Prompt>[]> {
  const { policy, scorer, tokenizer, prompts, maxNewTokens, seed, signal } = request;
  const answers = await sampleAnswers({
    policy,
    prompts: prompts.map(({ ids }) => ids),
    options: { temperature: 1, topK: 0, topP: 1, maxNewTokens },
    seed,
    slots,
    signal,
  });
  const texts = answers.map(({ tokens }) => tokenizer.decode(tokens));
  const items = prompts.map(({ prompt }, index) => ({ prompt, text: texts[index] ?? "" }));
  const scores = await scorer.score(items, signal);
  return prompts.flatMap((prompt, index) => {
    const [answer, score] = [answers[index], scores[index]];
    if (!answer || !score) return [];
    return {
      prompt,
      sequence: { ids: [...prompt.ids, ...answer.tokens], answerStart: prompt.ids.length },
      answer,
      reward: score.normalised,
      ended: answer.finishReason === "stop",
    };
  });
}
