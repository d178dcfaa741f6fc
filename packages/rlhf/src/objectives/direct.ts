import { sigmoid } from "./logistic.ts";

/** Argument of DPO's −log σ(·): β(log-ratio of the chosen − log-ratio of the rejected) (Rafailov et al. 2023, eq. 7). */
export function dpoLogit(chosenLogRatio: number, rejectedLogRatio: number, beta: number): number {
  return beta * (chosenLogRatio - rejectedLogRatio);
}

/** IPO (Azar et al. 2023, eq. 17): (h − 1/(2τ))², h the difference of log-ratios. */
export function ipoLoss(difference: number, tau: number): number {
  return (difference - 1 / (2 * tau)) ** 2;
}

/**
 * KTO (Ethayarajh et al. 2024, eq. 8): 1 − σ(β(logratio − z)) for a desirable answer, 1 − σ(β(z − logratio)) for an
 * undesirable one, z an estimate of KL(π‖ref) that is not differentiated.
 */
export function ktoLoss(logRatio: number, desirable: boolean, z: number, beta: number): number {
  const gain = beta * (logRatio - z);
  return 1 - sigmoid(desirable ? gain : -gain);
}
