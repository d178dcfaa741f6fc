import { meanOf, sumOf } from "../arithmetic.ts";

/**
 * Critic-free advantages of the k answers sampled for one prompt, from their rewards. All are constants for the
 * policy gradient −Σ A log π(y|x). When every reward in a group is equal there is nothing to learn and all are 0.
 */

/** RLOO (Ahmadian et al. 2024, eq. 8): r_i minus the mean of the others. A group of one has no baseline: error. */
export function rlooAdvantages(rewards: readonly number[]): number[] {
  const k = rewards.length;
  if (k < 2) throw new RangeError("leave-one-out needs at least two answers to a prompt");
  const sum = sumOf(rewards);
  return rewards.map((reward) => reward - (sum - reward) / (k - 1));
}

/**
 * Advantages of a flat batch whose answers to one prompt stand together, `groupSize` at a time.
 * @param advantages of one group, from its rewards and the scores in them
 */
export function inGroups(
  advantages: (rewards: readonly number[], scores: readonly number[]) => number[],
  rewards: readonly number[],
  groupSize: number,
  scores: readonly number[] = rewards,
): number[] {
  const ofGroups = groupsOf(rewards, groupSize);
  const theirScores = groupsOf(scores, groupSize);
  return ofGroups.flatMap((group, index) => advantages(group, theirScores[index] ?? group));
}

/** `size` neighbours at a time. */
export function groupsOf<Item>(batch: readonly Item[], size: number): Item[][] {
  if (batch.length % size !== 0) throw new RangeError("the batch is not a whole number of groups");
  return Array.from({ length: batch.length / size }, (_, group) => batch.slice(group * size, (group + 1) * size));
}

/** Mean 0 and deviation 1 over a batch, as PPO wants its advantages (Ziegler et al. 2019). All equal: all 0. */
export function whitened(values: readonly number[]): number[] {
  const mean = meanOf(values);
  const deviation = Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / values.length);
  return values.map((value) => (value - mean) / (deviation + 1e-8));
}

/**
 * GRPO (Shao et al. 2024, §4.1.2): (r − μ) / (σ + 1e-4), σ with n − 1. The scaling moves the optimum of a KL-regularised problem.
 *
 * Answers that all score alike have advantage 0, whatever their rewards: what is left of those is the sampled KL, and divided by
 * its own deviation that noise would weigh as much as any reward.
 *
 * @param scores what the reward model gave, before the KL was taken off
 */
export function grpoAdvantages(rewards: readonly number[], scores: readonly number[] = rewards): number[] {
  if (rewards.length < 2) throw new RangeError("a group needs at least two answers to a prompt");
  if (areEqual(scores)) return rewards.map(() => 0);
  const centred = drGrpoAdvantages(rewards);
  const deviation = Math.sqrt(sumOf(centred.map((x) => x ** 2)) / (rewards.length - 1));
  return centred.map((x) => x / (deviation + 1e-4));
}

/** Scores of single precision that differ by less say nothing: it is the order in which they were summed. */
const indistinct = 1e-6;

/** Whether the scores tell their answers apart by nothing. */
export function areEqual(scores: readonly number[]): boolean {
  const least = scores.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
  const most = scores.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  return most - least <= indistinct * Math.max(1, Math.abs(least), Math.abs(most));
}

/** Dr. GRPO (Liu et al. 2025, §3.2): r − μ, without the biased scaling. */
export function drGrpoAdvantages(rewards: readonly number[]): number[] {
  const mean = meanOf(rewards);
  return rewards.map((reward) => reward - mean);
}

/**
 * The sequence-level reward that RLOO sees: score − β Σ_t (log π − log ref), k1 inside the reward.
 * @param score reward model's score of the whole answer
 * @param logPi log-probabilities of the answer's tokens under the sampling policy
 * @param logRef the same under the reference
 */
export function penalisedReward(
  score: number,
  logPi: readonly number[],
  logRef: readonly number[],
  beta: number,
): number {
  return score - beta * (sumOf(logPi) - sumOf(logRef));
}
