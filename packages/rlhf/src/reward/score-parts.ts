import type { ScorePart, ScorePartName } from "@touchstone/contracts";
import { meanOf } from "../arithmetic.ts";
import type { Ensemble, RewardHead } from "../model/head.ts";
import { alignedMembers, combinedScore } from "./ensemble.ts";
import type { RewardInParts } from "./reward-network.ts";

/** The reward of what each head gives: its one head, or the weighted sum of its aspects. */
export function rewardOfHeads(heads: readonly number[], aspects: RewardHead["aspects"]): number {
  if (!aspects) return heads[0] ?? Number.NaN;
  return aspects.reduce((sum, { weight }, k) => sum + weight * (heads[k] ?? Number.NaN), 0);
}

/**
 * The parts whose sum a score is, on the axis of the score. Every step from parts to score is linear but one: which member an
 * ensemble that believes the worst goes by is chosen by the whole score, and the parts are that member's; what a penalised one
 * takes off for its members' disagreement is a part of its own.
 *
 * @param names of the parts of each member, in their order
 * @param members what each says of the answer
 * @returns null where the model adds up nothing
 */
export function scoreParts(
  head: RewardHead,
  names: readonly ScorePartName[],
  members: readonly RewardInParts[],
  combination?: Pick<Ensemble, "combine" | "penalty">,
): ScorePart[] | null {
  const { scale, offset, aspects, ensemble } = head;
  const ofMembers = members.map(({ parts }) => parts.map((heads) => scale * rewardOfHeads(heads, aspects)));
  const named = (values: readonly number[], constant: number): ScorePart[] => [
    { part: "constant", value: constant },
    ...names.map((part, k) => ({ part, value: values[k] ?? Number.NaN })),
  ];
  const combine = ensemble && (combination ?? ensemble).combine;
  if (names.length === 1 && combine !== "penalised") return null;
  if (!ensemble) return named(ofMembers[0] ?? [], offset);

  const raw = members.map(({ heads }) => rewardOfHeads(heads, aspects));
  const aligned = alignedMembers(raw, ensemble.centres).map((value) => offset + scale * value);
  if (combine === "worst") {
    const worst = aligned.indexOf(Math.min(...aligned));
    return named(ofMembers[worst] ?? [], offset + scale * (meanOf(ensemble.centres) - (ensemble.centres[worst] ?? 0)));
  }
  const means = names.map((_, k) => meanOf(ofMembers.map((parts) => parts[k] ?? Number.NaN)));
  if (combine === "mean") return named(means, offset);
  const disagreement = combinedScore(aligned, combination ?? ensemble) - meanOf(aligned);
  return [...named(means, offset), { part: "disagreement", value: disagreement }];
}
