import { softmax } from "./logistic.ts";

/** A bandit whose answer is known: one prompt, a few actions with rewards, a reference policy, a price β for leaving it. */
export interface RegularisedBandit {
  readonly reference: readonly number[];
  readonly rewards: readonly number[];
  readonly beta: number;
}

/**
 * π*(a) ∝ ref(a) e^{r(a)/β}, the maximiser of E r − β KL(π‖ref) (Rafailov et al. 2023, eq. 4).
 * Every policy optimiser with the penalty in the reward must end here; it is their common oracle.
 */
export function optimalPolicy({ reference, rewards, beta }: RegularisedBandit): number[] {
  return softmax(reference.map((p, action) => Math.log(p) + (rewards[action] ?? 0) / beta));
}

/**
 * Exact gradient of E_π[r − β log(π/ref)] with respect to the logits of π: π_a (A_a), where A_a is the penalised
 * reward of a less its mean under π. The log's own derivative has zero expectation, so k1 inside the reward suffices.
 */
export function policyGradient(logits: readonly number[], { reference, rewards, beta }: RegularisedBandit): number[] {
  const policy = softmax(logits);
  const penalised = policy.map((p, action) => (rewards[action] ?? 0) - beta * Math.log(p / (reference[action] ?? 0)));
  const mean = policy.reduce((sum, p, action) => sum + p * (penalised[action] ?? 0), 0);
  return policy.map((p, action) => p * ((penalised[action] ?? 0) - mean));
}
