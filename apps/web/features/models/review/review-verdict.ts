import type { Estimate, EvaluationView, ModelReviewView, ModelVersionView, Verdict } from "@touchstone/contracts";
import { seenFrom } from "../../evaluations/seen-from.ts";
import { type ModelVerdict, verdictOf } from "../model-verdict.ts";
import { sameHeldOut } from "./same-held-out.ts";

export type Measured = Extract<ModelVerdict, { measured: boolean }>;

/** What is to be said of a model beside the one in use, before all figures. */
export type ReviewVerdict =
  /** There is none to hold it against. */
  | { readonly kind: "alone" }
  /** Nobody has compared the two policies blind. */
  | { readonly kind: "uncompared" }
  /** The comparison has no estimate yet. */
  | { readonly kind: "waiting"; readonly evaluation: EvaluationView }
  | {
      readonly kind: "compared";
      readonly evaluation: EvaluationView;
      /** Of this model against the other, whichever of them was the candidate. */
      readonly rate: Estimate;
      readonly verdict: Verdict;
    }
  | {
      readonly kind: "measured";
      readonly own: Measured;
      readonly other: Measured;
      readonly outcome: "better" | "worse" | "undecided" | "otherRows";
    }
  /** One of the two has no held-out figure, or another kind of it. */
  | { readonly kind: "unmeasured" };

/** What the parts of the page that say it are given. */
export interface VerdictProps {
  readonly review: ModelReviewView;
  readonly verdict: ReviewVerdict;
}

export function reviewVerdict({
  model,
  against,
  comparison,
}: Pick<ModelReviewView, "model" | "against" | "comparison">): ReviewVerdict {
  if (against === null) return { kind: "alone" };
  if (model.kind === "reward") return ofRewards(model, against);
  if (comparison === null) return { kind: "uncompared" };
  const seen = seenFrom(comparison, model.id);
  if (seen === null) return { kind: "waiting", evaluation: comparison };
  return { kind: "compared", evaluation: comparison, ...seen };
}

/** Better only where the whole interval of the one lies beyond that of the other, on the same rows: no pairing is known. */
function ofRewards(model: ModelVersionView, against: ModelVersionView): ReviewVerdict {
  const [own, other] = [verdictOf(model.metrics), verdictOf(against.metrics)];
  if (!("measured" in own && "measured" in other) || own.kind !== other.kind) return { kind: "unmeasured" };
  if (!sameHeldOut(model, against)) return { kind: "measured", own, other, outcome: "otherRows" };
  return { kind: "measured", own, other, outcome: outcomeOf(own, other) };
}

function outcomeOf({ kind, estimate: own }: Measured, { estimate: other }: Measured) {
  if (own.low === null || other.low === null) return "undecided";
  const [above, below] = [own.low > other.high, own.high < other.low];
  if (!above && !below) return "undecided";
  // Of an error the lower one is the better.
  return above === (kind === "agreement") ? "better" : "worse";
}
