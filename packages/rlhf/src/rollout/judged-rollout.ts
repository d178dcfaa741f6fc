import type { Message } from "@touchstone/contracts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { RewardScorer } from "../reward/reward-scorer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { Metrics } from "../training/request.ts";
import { answerLogProbsOf } from "./answer-log-probs.ts";
import type { Policy } from "./policy.ts";
import { type SampledAnswer, sampleAnswers } from "./sample-answers.ts";

export interface EncodedPrompt {
  readonly prompt: readonly Message[];
  readonly ids: readonly number[];
}

/** An answer drawn at temperature 1, what the reward model says of it and how far it lies from the reference. */
export interface JudgedAnswer {
  readonly sequence: AnswerSequence;
  readonly answer: SampledAnswer;
  /** Normalised score of the reward model. */
  readonly reward: number;
  /** log of the reference for each token of the answer. */
  readonly referenceLogProbs: readonly number[];
  readonly ended: boolean;
}

export interface RolloutRequest {
  readonly policy: Policy;
  readonly reference: Policy;
  readonly scorer: RewardScorer;
  readonly tokenizer: Tokenizer;
  readonly prompts: readonly EncodedPrompt[];
  readonly maxNewTokens: number;
  readonly seed: string;
}

/** Answers under way at a time: past about 64 the products are large enough that more brings nothing. */
const slots = 64;

/** Draws one answer a prompt from the whole distribution and has it judged. The text is judged, as people would read it. */
export async function judgedRollout(request: RolloutRequest): Promise<JudgedAnswer[]> {
  const { policy, reference, scorer, tokenizer, prompts, maxNewTokens, seed } = request;
  const answers = await sampleAnswers({
    policy,
    prompts: prompts.map(({ ids }) => ids),
    options: { temperature: 1, topK: 0, topP: 1, maxNewTokens },
    seed,
    slots,
  });
  const sequences = answers.map(({ tokens }, index) => {
    const ids = prompts[index]?.ids ?? [];
    return { ids: [...ids, ...tokens], answerStart: ids.length };
  });
  const referenceLogProbs = answerLogProbsOf(reference, sequences);
  const scores = scorer.score(
    answers.map(({ tokens }, index) => ({ prompt: prompts[index]?.prompt ?? [], text: tokenizer.decode(tokens) })),
  );
  return answers.flatMap((answer, index) => {
    const sequence = sequences[index];
    if (!sequence) return [];
    return {
      sequence,
      answer,
      reward: scores[index]?.normalised ?? Number.NaN,
      referenceLogProbs: referenceLogProbs[index] ?? [],
      ended: answer.finishReason === "stop",
    };
  });
}

/** Σ log π − log ref over the answer: the k1 estimate of its share in KL(π‖ref), in nats. Its mean is unbiased. */
function sequenceKl({ answer, referenceLogProbs }: JudgedAnswer): number {
  return answer.logProbs.reduce((sum, logProb, index) => sum + logProb - (referenceLogProbs[index] ?? 0), 0);
}

/** Means over the answers: reward (normalised), kl (k1, nats an answer), entropy (nats a token), length (tokens), ended (share). */
export function rolloutFigures(answers: readonly JudgedAnswer[]): Metrics {
  const mean = (value: (answer: JudgedAnswer) => number) =>
    answers.reduce((sum, answer) => sum + value(answer), 0) / Math.max(1, answers.length);
  return {
    reward: mean(({ reward }) => reward),
    kl: mean(sequenceKl),
    entropy: mean(({ answer }) => answer.entropy),
    length: mean(({ answer }) => answer.tokens.length),
    ended: mean(({ ended }) => (ended ? 1 : 0)),
  };
}
