import type { AnswerTo, NormalForm, QuestionKind, SettingsOf } from "@touchstone/contracts";
import type { Scale } from "../agreement/distance.ts";
import type { JudgedTask } from "../judged-task.ts";

/** A question as it was put: how it was set, and the task it was asked of. */
export interface Asked<K extends QuestionKind> {
  readonly name: string;
  readonly settings: SettingsOf<K>;
  readonly task: JudgedTask;
}

/** What is wrong with an answer, by the path of its field, with what is allowed instead. */
export interface AnswerFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Something that was measured once in an answer: of the same unit of a task, annotators' values are compared. */
export interface Measurement {
  readonly unit: string;
  readonly value: number;
}

/**
 * What an answer to a kind of question means, pure: the one place that says it. The contract has checked the answer's form
 * already; that it fits the task is asked here.
 */
export interface QuestionRules<K extends QuestionKind> {
  /** What the schema of the kind cannot know: how many answers were shown, which options there are. */
  fault(answer: AnswerTo<K>, asked: Asked<K>): AnswerFault | null;
  /** What learning reads of it; none where nothing is learned from such an answer. */
  forms(answer: AnswerTo<K>, asked: Asked<K>): NormalForm[];
  /** Whether its forms put the answers of a task in order, so that they tell which model wins. */
  readonly orders?: true;
  /** On which scale annotators are compared, and what of the answer; in canonical order, whatever was shown. */
  readonly agreement: {
    readonly scale: Scale;
    measurements(answer: AnswerTo<K>, asked: Asked<K>): Measurement[];
  };
}
