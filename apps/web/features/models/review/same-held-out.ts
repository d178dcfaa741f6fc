import type { ModelVersionView } from "@touchstone/contracts";

type Measured = Pick<ModelVersionView, "kind" | "labelSetId" | "tokenizerSha256" | "metrics">;

const counts = ["heldout.comparisons", "heldout.pairs", "heldout.ratings"] as const;

/** Why the held-out figures of two models say nothing of each other. */
export type HeldOutDifference =
  /** A policy and a reward model have none in common. */
  | "otherKind"
  /** One has no held-out figures. */
  | "notMeasured"
  /** What policies are measured on is kept nowhere. */
  | "promptsNotKept"
  /** One learned from no label set, or it is not known. */
  | "noLabels"
  | "otherLabels"
  /** As many rows as the trainers kept of one set: they kept others. */
  | "otherCount"
  /** Rows were too long for one, and which ones they were is not known. */
  | "otherLength";

/**
 * Why the held-out figures of two models are not of the same rows, so that their difference says nothing; null where they
 * are. They are of the rows of one frozen label set that its splits hold out; a trainer drops of these what is too long for
 * its model. So: the same set, as many held-out rows, and either nothing was too long or both count length alike.
 */
export function heldOutDifference(one: Measured, other: Measured): HeldOutDifference | null {
  if (one.kind !== other.kind) return "otherKind";
  if (![one, other].every(({ metrics }) => Object.keys(metrics).some((key) => key.startsWith("heldout."))))
    return "notMeasured";
  const measured = counts.filter((key) => one.metrics[key] !== undefined || other.metrics[key] !== undefined);
  if (one.kind === "policy" && measured.length === 0) return "promptsNotKept";
  if (one.labelSetId === null || other.labelSetId === null) return "noLabels";
  if (one.labelSetId !== other.labelSetId) return "otherLabels";
  if (measured.length === 0) return "notMeasured";
  if (measured.some((key) => one.metrics[key] !== other.metrics[key])) return "otherCount";
  const [short, long] = [tooLong(one), tooLong(other)];
  if (short === 0 && long === 0) return null;
  const countAlike = short === long && one.tokenizerSha256 !== null && one.tokenizerSha256 === other.tokenizerSha256;
  return countAlike ? null : "otherLength";
}

/** Whether the held-out figures of two models are of the same rows, so that their difference says something. */
export const sameHeldOut = (one: Measured, other: Measured): boolean => heldOutDifference(one, other) === null;

const tooLong = ({ metrics }: Measured): unknown => metrics.labelsTooLong ?? 0;
