import { meanOf } from "../arithmetic.ts";
import type { Metrics } from "../training/request.ts";
import { answerLogProbsOf } from "./answer-log-probs.ts";
import type { DrawnAnswer, EncodedPrompt } from "./draw-answers.ts";
import type { Policy } from "./policy.ts";
import { type ScoredAnswer, type ScoredAnswersRequest, scoredAnswers } from "./scored-answers.ts";

/** How far a drawn answer lies from the reference. */
export interface Referenced {
  /** log of the reference for each token of the answer. */
  readonly referenceLogProbs: readonly number[];
}
export interface JudgedAnswer<Prompt extends EncodedPrompt = EncodedPrompt> extends ScoredAnswer<Prompt>, Referenced {}

export interface RolloutRequest<Prompt extends EncodedPrompt = EncodedPrompt> extends ScoredAnswersRequest<Prompt> {
  readonly reference: Policy;
}

/** Draws one answer a prompt from the whole distribution, has it scored, and asks the reference how likely it was. */
export async function judgedRollout<Prompt extends EncodedPrompt>({
  reference,
  ...request
}: RolloutRequest<Prompt>): Promise<JudgedAnswer<Prompt>[]> {
  return withReference(await scoredAnswers(request), reference, request.signal);
}

/** Asks the reference how likely each answer was. @throws TrainingError `cancelled` */
export async function withReference<Answer extends DrawnAnswer>(
  answers: readonly Answer[],
  reference: Policy,
  signal: AbortSignal | undefined,
): Promise<(Answer & Referenced)[]> {
  const sequences = answers.map(({ sequence }) => sequence);
  const referenceLogProbs = await answerLogProbsOf(reference, sequences, signal);
  return answers.map((answer, index) => ({ ...answer, referenceLogProbs: referenceLogProbs[index] ?? [] }));
}

/** Σ log π − log ref over the answer: the k1 estimate of its share in KL(π‖ref), in nats. Its mean is unbiased. */
export function sequenceKl({ answer, referenceLogProbs }: DrawnAnswer & Referenced): number {
  return answer.logProbs.reduce((sum, logProb, index) => sum + logProb - (referenceLogProbs[index] ?? 0), 0);
}

/** Means over the answers, nothing of none: kl (k1, nats an answer), entropy (nats a token), length (tokens), ended (share). */
export function driftFigures(answers: readonly (DrawnAnswer & Referenced)[]): Metrics {
  if (answers.length === 0) return {};
  return {
    kl: meanOf(answers.map(sequenceKl)),
    entropy: meanOf(answers.map(({ answer }) => answer.entropy)),
    length: meanOf(answers.map(({ answer }) => answer.tokens.length)),
    ended: meanOf(answers.map(({ ended }) => (ended ? 1 : 0))),
  };
}

/** The same, the mean reward (normalised), and how it goes with length. */
export function rolloutFigures(answers: readonly JudgedAnswer[]): Metrics {
  if (answers.length === 0) return {};
  const reward = meanOf(answers.map((answer) => answer.reward));
  return { reward, ...driftFigures(answers), ...lengthFigures(answers) };
}

/**
 * Within the answers to a prompt: the deviation of their length (tokens), and what a token more is rewarded with, which is the
 * slope of the least-squares line; 0 where all are of one length.
 */
export function lengthFigures(answers: readonly Pick<JudgedAnswer, "prompt" | "reward" | "answer">[]) {
  const groups = new Map<EncodedPrompt, typeof answers>();
  for (const one of answers) groups.set(one.prompt, [...(groups.get(one.prompt) ?? []), one]);
  // One answer a prompt, as PPO draws them, has nothing beside it: the mean of all has to do.
  const compared = groups.size === answers.length ? [answers] : [...groups.values()];
  const deviations = compared.flatMap((group) => {
    const length = meanOf(group.map(({ answer }) => answer.tokens.length));
    const reward = meanOf(group.map((one) => one.reward));
    return group.map((one) => ({ length: one.answer.tokens.length - length, reward: one.reward - reward }));
  });
  const squares = meanOf(deviations.map(({ length }) => length ** 2));
  const products = meanOf(deviations.map(({ length, reward }) => length * reward));
  return { lengthSpread: Math.sqrt(squares), rewardPerToken: squares === 0 ? 0 : products / squares };
}
