import type { EvaluationView } from "@touchstone/contracts";
import type { Prisma } from "../generated/client.ts";
import { modelNameSelect, toModelName } from "../models/view.ts";

/** The policies that an evaluation compares, by which it is named. */
export const comparedSelect = {
  candidate: { select: modelNameSelect },
  baseline: { select: modelNameSelect },
  reward: { select: modelNameSelect },
  others: { select: { modelVersion: { select: modelNameSelect } }, orderBy: { place: "asc" } },
} satisfies Prisma.EvaluationInclude;

export function toCompared({
  candidate,
  baseline,
  others,
  reward,
  bestOf,
}: Prisma.EvaluationGetPayload<{ select: typeof comparedSelect & { bestOf: true } }>): Pick<
  EvaluationView,
  "candidate" | "baseline" | "others" | "bestOf"
> {
  return {
    candidate: candidate && toModelName(candidate),
    baseline: toModelName(baseline),
    others: others.map(({ modelVersion }) => toModelName(modelVersion)),
    bestOf: reward && bestOf !== null ? { samples: bestOf, reward: toModelName(reward) } : null,
  };
}
