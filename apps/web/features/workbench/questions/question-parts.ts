import type { Answer, LeasedTask, Question } from "@touchstone/contracts";
import type { useTranslations } from "next-intl";
import type { ComponentType, ReactNode } from "react";
import type { Press } from "../views/single-press.ts";
import type { Scale } from "./scale.ts";

export type AnswerWords = ReturnType<typeof useTranslations<"questions">>;

/** What every kind of question is at the workbench. */
interface AnyParts {
  /** An answer in one line, as it was shown. */
  readonly inWords: (words: AnswerWords, answer: Answer, question: Question) => string;
}

/** A question that one press answers: a row of parts under the thumbs, each with its key. */
export interface ScaleParts extends AnyParts {
  readonly form: "scale";
  readonly scale: (question: Question) => Scale;
}

/** A question whose answer is put together: what that takes is fetched when one is first asked, or told of. */
export interface SheetKind {
  readonly form: "sheet";
  readonly load: () => Promise<SheetParts>;
}

export interface SheetParts extends AnyParts {
  readonly form: "parts";
  /** Below the answers, or under the thumbs and always in sight. */
  readonly place: "page" | "foot";
  readonly Control: ComponentType<ControlProps>;
  /** The text of each answer, where it is not just read. */
  readonly Body?: ComponentType<BodyProps>;
  /** What stands in the head of each answer beside its letter. */
  readonly Mark?: ComponentType<BodyProps>;
  /** What a draft amounts to: an answer once it is whole. */
  readonly complete: (draft: Answer, question: Question, task: LeasedTask) => Answer | null;
  /** Whether a draft holds what must not be dropped unsaid, though the question may be left out. */
  readonly isBegun?: (draft: Answer, task: LeasedTask) => boolean;
  /** An answer whole, where a line can't hold it. */
  readonly InFull?: ComponentType<InFullProps>;
}

/** A kind as the record has it, and as it is once what it takes is here. */
export type QuestionParts = ScaleParts | SheetKind;
export type LoadedParts = ScaleParts | SheetParts;

export interface ControlProps {
  readonly question: Question;
  readonly task: LeasedTask;
  /** What is put together so far; undefined before anything is. */
  readonly draft: Answer | undefined;
  /** Null takes the draft back. */
  readonly onDraft: (draft: Answer | null) => void;
  /** Puts it together and, where that makes every answer whole, judges the task. Says whether the press counted. */
  readonly onAnswer: (draft: Answer, press: Press) => boolean;
  /**
   * Whether single keys mean this question: the first that has no whole answer yet, and the only one of a task always.
   * Those that may be left out come after those that may not.
   */
  readonly current: boolean;
}

export interface BodyProps extends ControlProps {
  /** Place of the answer as shown, counted from 0. */
  readonly place: number;
  /** Its text as it stands where it is just read. */
  readonly read?: ReactNode;
}

/** An answer that was given, with the answers that it was about, in the order shown. */
export interface InFullProps {
  readonly answer: Answer;
  readonly question: Question;
  readonly shown: readonly (string | null)[];
  readonly language: string | null;
}
