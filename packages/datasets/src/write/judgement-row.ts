import type { Answer, MemberKind } from "@touchstone/contracts";
import { outcomeOf } from "@touchstone/labeling";
import { type RowContext, voteColumns } from "./context.ts";
import { type ShownTask, shownColumns } from "./shown-columns.ts";

/** A judgement with all that was known when it was made: nothing is derived, nothing left out. */
export interface RawJudgement extends ShownTask {
  readonly judgementId: string;
  readonly annotator: string;
  readonly source: MemberKind;
  readonly answer: Answer | null;
  readonly flagged: boolean;
  readonly comment: string;
  readonly timings: unknown;
  readonly createdAt: Date;
}

/**
 * A judgement in the raw export. `answer` is as shown, while `outcome` and `preferred` speak of `completions` in the order
 * of this row: +3, the first much better, to −3, the second; 0 is a tie or both bad, null a rating.
 */
export function judgementRow(judgement: RawJudgement, context: RowContext) {
  const outcome = canonicalOutcome(judgement);
  return {
    kind: "judgement",
    label_id: context.vote.labelId ?? judgement.judgementId,
    annotator_hash: context.vote.annotator ?? judgement.annotator,
    source: judgement.source,
    answer: judgement.answer,
    outcome,
    preferred: preferredOf(judgement, outcome),
    ...shownColumns(judgement, context),
    original_margin: context.vote.margin,
    timings: judgement.timings ?? context.vote.timings,
    ...voteColumns(context),
  };
}

function canonicalOutcome({ answer, shownOrder }: RawJudgement): number | null {
  return answer === null || answer.choice === "rated" ? null : outcomeOf(answer, shownOrder);
}

/** Index into `completions` of the answer that won, or how neither did. */
function preferredOf({ answer }: RawJudgement, outcome: number | null): 0 | 1 | "tie" | "both-bad" | null {
  if (outcome === null) return null;
  if (answer?.choice === "both-bad") return "both-bad";
  if (outcome === 0) return "tie";
  return outcome > 0 ? 0 : 1;
}
