import type { AnswerSequence } from "../model/answer-sequence.ts";
import { grouped, meanOf } from "../reward/grouped.ts";
import type { RewardScorer } from "../reward/reward-scorer.ts";
import type { Policy } from "../rollout/policy.ts";
import { sampleAnswers } from "../rollout/sample-answers.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { RewardedSequence } from "./ilql-part.ts";
import type { NamedPrompt } from "./policy-prompts.ts";

/** An answer with its score, and the prompt within which that score means something. */
export interface ScoredSequence {
  readonly sequence: AnswerSequence;
  readonly promptId: string;
  /** Normalised score of the reward model. */
  readonly score: number;
}

export interface FreshAnswers {
  readonly policy: Policy;
  readonly scorer: RewardScorer;
  readonly tokenizer: Tokenizer;
  readonly prompts: readonly NamedPrompt[];
  readonly samplesPerPrompt: number;
  readonly maxNewTokens: number;
  /** Taken off the score of an answer that never ends. */
  readonly missingEosPenalty: number;
  readonly seed: string;
}

/** Answers under way at a time: past about 64 the products are large enough that more brings nothing. */
const slots = 64;

/**
 * Draws answers of the starting policy and has the reward model score them: what people judged teaches the reward model, which
 * then labels far more answers than people could read, so that Q sees more than one token in most states.
 */
export async function freshAnswers(request: FreshAnswers): Promise<ScoredSequence[]> {
  const { policy, scorer, tokenizer, prompts, samplesPerPrompt, maxNewTokens, missingEosPenalty, seed } = request;
  const asked = prompts.flatMap((prompt) => Array.from({ length: samplesPerPrompt }, () => prompt));
  const drawn = await sampleAnswers({
    policy,
    prompts: asked.map(({ ids }) => ids),
    options: { temperature: 1, topK: 0, topP: 1, maxNewTokens },
    seed,
    slots,
  });
  const scores = scorer.score(
    drawn.map(({ tokens }, index) => ({ prompt: asked[index]?.prompt ?? [], text: tokenizer.decode(tokens) })),
  );
  return drawn.flatMap(({ tokens, finishReason }, index) => {
    const prompt = asked[index];
    const score = scores[index];
    if (!prompt || !score) return [];
    return {
      sequence: { ids: [...prompt.ids, ...tokens], answerStart: prompt.ids.length },
      promptId: prompt.promptId,
      score: score.normalised - (finishReason === "stop" ? 0 : missingEosPenalty),
    };
  });
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
