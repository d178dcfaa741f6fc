import { logSumExp } from "./logistic.ts";

/**
 * Plackett–Luce negative log-likelihood of a ranking, −Σ_i log(e^{s_i} / Σ_{j ≥ i} e^{s_j}), in nats.
 * With two items it is Bradley–Terry. A ranking is one observation: it is never split into K(K − 1)/2 full ones.
 * @param scores in the order of the ranking, best first
 */
export function plackettLuce(scores: readonly number[]): number {
  return scores.reduce((sum, score, i) => sum + logSumExp(scores.slice(i)) - score, 0);
}
