import type { ModelVersionView } from "@touchstone/contracts";

type Measured = Pick<ModelVersionView, "labelSetId" | "tokenizerSha256" | "metrics">;

const counts = ["heldout.comparisons", "heldout.pairs", "heldout.ratings"] as const;

/**
 * Whether the held-out figures of two models are of the same rows, so that their difference says something. They are of
 * the rows of one frozen label set that its splits hold out; a trainer drops of these what is too long for its model. So: the
 * same set, as many held-out rows, and either nothing was too long or both count length alike.
 */
export function sameHeldOut(one: Measured, other: Measured): boolean {
  if (one.labelSetId === null || one.labelSetId !== other.labelSetId) return false;
  const measured = counts.filter((key) => one.metrics[key] !== undefined || other.metrics[key] !== undefined);
  if (measured.length === 0 || measured.some((key) => one.metrics[key] !== other.metrics[key])) return false;
  const [short, long] = [tooLong(one), tooLong(other)];
  if (short === 0 && long === 0) return true;
  return short === long && one.tokenizerSha256 !== null && one.tokenizerSha256 === other.tokenizerSha256;
}

const tooLong = ({ metrics }: Measured): unknown => metrics.labelsTooLong ?? 0;
