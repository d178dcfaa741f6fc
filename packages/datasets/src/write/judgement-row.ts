import type { Answer, Message } from "@touchstone/contracts";

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

/** The raw export. `shown_order` maps a place on the screen to an index of `completions`; the answer is as shown. */
export function judgementRow(judgement: RawJudgement) {
  return {
    label_id: judgement.judgementId,
    annotator_hash: judgement.annotator,
    source: judgement.source,
    question: judgement.questionKind,
    answer: judgement.answer,
    shown_order: judgement.shownOrder,
    completions: judgement.completions.map(({ completionId, text }) => ({ id: completionId, text })),
    prompt: judgement.prompt,
    prompt_id: judgement.promptId,
    split: judgement.split,
    task_id: judgement.taskId,
    evaluation_id: judgement.evaluationId,
    guideline_version: judgement.guidelineVersion,
    flagged: judgement.flagged,
    comment: judgement.comment,
    timings: judgement.timings,
    created_at: judgement.createdAt.toISOString(),
  };
}
