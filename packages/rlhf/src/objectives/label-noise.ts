import { logSigmoid, sigmoid } from "./logistic.ts";

/**
 * Conservative form for labels that are wrong with probability ε (Mitchell 2023, cDPO, eq. 3):
 * (1 − ε)(−log σ(d)) + ε(−log σ(−d)). Bounded wish: d settles at log((1 − ε)/ε) instead of growing without end.
 */
export function conservativeBradleyTerry(difference: number, epsilon: number): number {
  return -(1 - epsilon) * logSigmoid(difference) - epsilon * logSigmoid(-difference);
}

/**
 * Robust form (Chowdhury et al. 2024, eq. 12): [(1 − ε)(−log σ(d)) − ε(−log σ(−d))] / (1 − 2ε), whose expectation
 * under labels flipped with probability ε < ½ is the loss on clean ones. It may be negative.
 */
export function robustBradleyTerry(difference: number, epsilon: number): number {
  if (epsilon >= 0.5) throw new RangeError("labels that are wrong half the time carry no preference");
  return (-(1 - epsilon) * logSigmoid(difference) + epsilon * logSigmoid(-difference)) / (1 - 2 * epsilon);
}

/**
 * Likelihood of a vote by an annotator whose accuracy q is estimated (Dawid–Skene): −log[q σ(d) + (1 − q) σ(−d)].
 * An annotator at q = ½ teaches nothing.
 */
export function annotatorBradleyTerry(difference: number, accuracy: number): number {
  return -Math.log(accuracy * sigmoid(difference) + (1 - accuracy) * sigmoid(-difference));
}
