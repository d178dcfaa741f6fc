import type { Answers, NormalForm, Questions } from "@touchstone/contracts";
import { isAbsent, type JudgedTask } from "./judged-task.ts";
import { formsOf } from "./questions/kinds.ts";

/** A judgement with what it was about: the input of the table below. */
export interface JudgementInContext extends JudgedTask {
  readonly kind: "answer" | "retraction";
  readonly questions: Questions;
  /** Null of a retraction. */
  readonly answers: Answers | null;
  /** Another judgement (a correction or a retraction) has taken its place. */
  readonly superseded: boolean;
  /** It came after its lease had expired and its slot was taken. */
  readonly surplus: boolean;
  /** It is the swapped repeat of an earlier one, shown to measure consistency. */
  readonly repeat: boolean;
}

export type LeftOut = "retraction" | "superseded" | "surplus" | "repeat" | "absent-text";

export type Normalised = { readonly forms: readonly NormalForm[] } | { readonly leftOut: LeftOut };

/**
 * The one table from judgements to what learning reads. Everything that trains, exports or counts goes through it.
 *
 * | judgement                       | normal forms                                                              |
 * |---------------------------------|---------------------------------------------------------------------------|
 * | an answer to each question      | what the kind's rules say (`questions/`, a file each), in the questions' order |
 * | retraction; superseded          | none: an undo leaves nothing, a correction leaves only its last word        |
 * | surplus                         | none: kept in the journal, outside the cap, so that no task counts more     |
 * | repeat                          | none: it measures the annotator, and would count one opinion twice          |
 * | an answer without its content   | none: there is nothing to read; such votes serve agreement and truth only   |
 *
 * Disagreement is not resolved here: each annotator's judgement is a form of its own with weight 1, so that a trainer can
 * model position and annotator.
 *
 * @throws RangeError where answer, order and completions contradict each other (the check before writing excludes it).
 */
export function normalise(judgement: JudgementInContext): Normalised {
  const { answers } = judgement;
  if (judgement.kind === "retraction" || answers === null) return { leftOut: "retraction" };
  if (judgement.superseded) return { leftOut: "superseded" };
  if (judgement.surplus) return { leftOut: "surplus" };
  if (judgement.repeat) return { leftOut: "repeat" };
  if (judgement.completions.some(isAbsent)) return { leftOut: "absent-text" };
  return {
    forms: judgement.questions.flatMap((question) => {
      const answer = answers[question.name];
      return answer === undefined ? [] : formsOf(question, answer, judgement);
    }),
  };
}
