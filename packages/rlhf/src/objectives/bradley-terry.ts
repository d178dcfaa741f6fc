import { logSigmoid, sigmoid } from "./logistic.ts";

/**
 * Bradley–Terry negative log-likelihood of one comparison, −log σ(d − m), with d = r_w − r_l
 * (Ouyang et al. 2022, eq. 1; margin m: Touvron et al. 2023, eq. 2). In nats. The trainer's form, over tensors and with
 * a probability as its label, is `softPreferenceLoss`.
 */
export function bradleyTerry(difference: number, margin = 0): number {
  return -logSigmoid(difference - margin);
}

/** dL/dr_w = −σ(m − d); dL/dr_l is its negative. */
export function bradleyTerryGradient(difference: number, margin = 0): number {
  return -sigmoid(margin - difference);
}
