import type { Metrics } from "../training/request.ts";
import { answerLogProbsOf } from "./answer-log-probs.ts";
import type { Policy } from "./policy.ts";
import { type ScoredAnswer, type ScoredAnswersRequest, scoredAnswers } from "./scored-answers.ts";

/** A scored answer, and how far it lies from the reference. */
export interface JudgedAnswer extends ScoredAnswer {
  /** log of the reference for each token of the answer. */
  readonly referenceLogProbs: readonly number[];
}

export interface RolloutRequest extends ScoredAnswersRequest {
  readonly reference: Policy;
}

/** Draws one answer a prompt from the whole distribution, has it scored, and asks the reference how likely it was. */
export async function judgedRollout({ reference, ...request }: RolloutRequest): Promise<JudgedAnswer[]> {
  const answers = await scoredAnswers(request);
  const referenceLogProbs = await answerLogProbsOf(
    reference,
    answers.map(({ sequence }) => sequence),
    request.signal,
  );
  return answers.map((answer, index) => ({ ...answer, referenceLogProbs: referenceLogProbs[index] ?? [] }));
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
