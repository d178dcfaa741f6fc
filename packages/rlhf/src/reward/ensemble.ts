import { meanOf } from "../arithmetic.ts";
import type { Ensemble } from "../model/head.ts";

/**
 * Members' rewards moved to a common level: a reward is known only up to a constant, so what a member gives the reference set
 * on average says nothing, and would still decide every minimum.
 *
 * @param raw of each member, of one answer
 * @param centres each member's mean on the reference set
 */
export function alignedMembers(raw: readonly number[], centres: readonly number[]): number[] {
  const common = meanOf(centres);
  return raw.map((value, member) => value - (centres[member] ?? 0) + common);
}

/**
 * One score of several (Coste et al. 2023, §3.2): the mean; the worst case (WCO); or mean − penalty · variance (UWO), which a policy
 * can raise only where the members agree.
 *
 * @param members aligned scores of one answer
 */
export function combinedScore(
  members: readonly number[],
  { combine, penalty }: Pick<Ensemble, "combine" | "penalty">,
): number {
  switch (combine) {
    case "mean":
      return meanOf(members);
    case "worst":
      return Math.min(...members);
    case "penalised":
      return meanOf(members) - penalty * varianceOf(members);
  }
}

/**
 * What an ensemble does not know of a pair: the variance of r_a − r_b over its members. Each member's constant for the prompt is
 * in both and falls out, as it does not from a variance of scores.
 */
export function differenceVariance(a: readonly number[], b: readonly number[]): number {
  return varianceOf(a.map((value, member) => value - (b[member] ?? Number.NaN)));
}

/** Unbiased; 0 of a single value. */
function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
}
