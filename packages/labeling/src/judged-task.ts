import type { Message } from "@touchstone/contracts";
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
  readonly text: string | null;
}

/** A completion with its text: normal forms are made of these alone (`normalise` leaves out tasks with absent texts). */
export interface ReadableCompletion {
  readonly completionId: string;
  readonly text: string;
}

/** The completions in canonical order. @throws RangeError where a text is absent. */
export function readable(task: JudgedTask): ReadableCompletion[] {
  return task.completions.map(({ completionId, text }) => {
    if (text === null) throw new RangeError(`the text of completion ${completionId} is absent`);
    return { completionId, text };
  });
}

/** What every normal form says of where it comes from. */
export function originOf({ judgementId, annotator, promptId, prompt, split }: JudgedTask) {
  return { judgementId, annotator, promptId, prompt, split, weight: 1 };
}
