import { hasToolTurns, isTrajectory, type MediaRef, type Message } from "@touchstone/contracts";
import type { ShownOrder } from "./outcome.ts";
import type { Split } from "./split.ts";

/** What a judgement was about, and whose it is. `completions` stand in canonical order. */
export interface JudgedTask {
  readonly judgementId: string;
  /** Stable pseudonym. */
  readonly annotator: string;
  readonly shownOrder: ShownOrder;
  readonly promptId: string;
  readonly prompt: Message[];
  readonly split: Split;
  readonly completions: readonly JudgedCompletion[];
}

export interface JudgedCompletion {
  readonly completionId: string;
  /** Null where the answer was never imported, and where pictures or sounds are all of it. */
  readonly text: string | null;
  readonly media?: MediaRef[] | undefined;
}

/** A completion with what it says: normal forms are made of these alone (`normalise` leaves out tasks with absent answers). */
export interface ReadableCompletion {
  readonly completionId: string;
  /** Empty where pictures or sounds are all of it. */
  readonly text: string;
  readonly media?: MediaRef[];
}

/** Whether nothing is known of an answer but that somebody judged it. */
export const isAbsent = ({ text, media }: Omit<JudgedCompletion, "completionId">): boolean =>
  text === null && media === undefined;

/** Whether a picture or a sound is part of what was judged: whoever reads texts alone has not seen it. */
export const hasMedia = ({ prompt, completions }: Pick<JudgedTask, "prompt" | "completions">): boolean =>
  [...prompt, ...completions].some(({ media }) => media !== undefined);

/** Whether tools were called in what was asked or answered: how a trainer of texts would write them is not defined. */
export const hasTools = ({ prompt, completions }: Pick<JudgedTask, "prompt" | "completions">): boolean =>
  hasToolTurns(prompt) || completions.some(({ text }) => isTrajectory(text));

/** The completions in canonical order. @throws RangeError where one is absent. */
export function readable(task: JudgedTask): ReadableCompletion[] {
  return task.completions.map(({ completionId, text, media }) => {
    if (isAbsent({ text, media })) throw new RangeError(`the text of completion ${completionId} is absent`);
    return { completionId, text: text ?? "", ...(media === undefined ? {} : { media }) };
  });
}

/** What every normal form says of where it comes from. */
export function originOf({ judgementId, annotator, promptId, prompt, split }: JudgedTask) {
  return { judgementId, annotator, promptId, prompt, split, weight: 1 };
}
