import { type Message, type Questions, type Split, titleOf } from "@touchstone/contracts";
import type { JudgedCompletion } from "@touchstone/labeling";
import { plainColumns, type RowContext } from "./context.ts";
import { exportedTurns, withFiles } from "./exported-media.ts";

/** A task as somebody was shown it. */
export interface ShownTask {
  readonly taskId: string;
  readonly questions: Questions;
  readonly evaluationId: string | null;
  /**
   * Of an evaluation's pair that is still open, about which the reader may be asked too: `completions` stand in the order
   * shown, not in their own, and name no model.
   */
  readonly blind: boolean;
  readonly shownOrder: readonly number[];
  readonly guidelineVersion: number;
  readonly promptId: string;
  readonly prompt: readonly Message[];
  readonly split: Split;
  readonly completions: readonly JudgedCompletion[];
}

/** Columns of the raw export about the task: `shown_order` maps a place on the screen to an index of `completions`. */
export function shownColumns(task: ShownTask, context: Omit<RowContext, "vote">) {
  return {
    question: kindOf(task.questions),
    questionnaire: task.questions.map((question) => ({
      name: question.name,
      kind: question.kind,
      title: titleOf(question),
    })),
    shown_order: task.shownOrder,
    completions: task.completions.map(({ completionId, text, media }) => {
      const completion = context.completions.get(completionId);
      const { externalId = null, model = null } = completion ?? {};
      return {
        id: completion?.exportedId ?? completionId,
        text,
        ...withFiles(media),
        ...(completion?.trajectory === undefined ? {} : { trajectory: completion.trajectory }),
        external_id: externalId,
        model,
      };
    }),
    prompt: exportedTurns(task.prompt),
    prompt_id: context.exportedPromptId ?? task.promptId,
    split: task.split,
    task_id: task.taskId,
    evaluation_id: task.evaluationId,
    blind: task.blind,
    guideline_version: task.guidelineVersion,
    ...plainColumns(context),
    sensitive: context.sensitive ?? false,
    // Only rows that have some, so that all others are as they were before there was any.
    ...(context.metadata === undefined ? {} : { metadata: context.metadata }),
  };
}

/** The kind of the one question; null where several are asked. */
function kindOf([question, ...more]: Questions) {
  return question && more.length === 0 ? question.kind : null;
}
