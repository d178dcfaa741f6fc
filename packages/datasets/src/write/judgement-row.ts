import type { Answer, Message } from "@touchstone/contracts";
import { outcomeOf } from "@touchstone/labeling";
import { itemColumns, type RowContext, voteColumns } from "./context.ts";

/** A judgement with all that was known when it was made: nothing is derived, nothing left out. */
export interface RawJudgement {
  readonly judgementId: string;
  readonly annotator: string;
  readonly source: "person" | "imported" | "simulated";
  readonly questionKind: "preference" | "rating";
  readonly answer: Answer | null;
  readonly shownOrder: readonly number[];
  readonly flagged: boolean;
  readonly comment: string;
  readonly timings: unknown;
  readonly guidelineVersion: number;
  readonly createdAt: Date;
  readonly taskId: string;
  readonly evaluationId: string | null;
  readonly promptId: string;
  readonly prompt: readonly Message[];
  readonly split: "train" | "validation" | "test";
  readonly completions: readonly { completionId: string; text: string | null }[];
}

/**
 * The raw export. `shown_order` maps a place on the screen to an index of `completions`; `answer` is as shown, while
 * `outcome` and `preferred` speak of `completions` in their own order: +3, the first much better, to −3, the second; 0 is
 * a tie or both bad, null a rating.
 */
export function judgementRow(judgement: RawJudgement, context: RowContext) {
  const outcome = canonicalOutcome(judgement);
  return {
    label_id: context.vote.labelId ?? judgement.judgementId,
    annotator_hash: context.vote.annotator ?? judgement.annotator,
    source: judgement.source,
    question: judgement.questionKind,
    answer: judgement.answer,
    shown_order: judgement.shownOrder,
    outcome,
    preferred: preferredOf(judgement, outcome),
    completions: judgement.completions.map(({ completionId, text }) => {
      const completion = context.completions.get(completionId);
      const { externalId = null, model = null } = completion ?? {};
      return { id: completion?.exportedId ?? completionId, text, external_id: externalId, model };
    }),
    prompt: judgement.prompt,
    prompt_id: context.exportedPromptId ?? judgement.promptId,
    split: judgement.split,
    task_id: judgement.taskId,
    evaluation_id: judgement.evaluationId,
    guideline_version: judgement.guidelineVersion,
    original_margin: context.vote.margin,
    timings: judgement.timings ?? context.vote.timings,
    ...itemColumns(context),
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
