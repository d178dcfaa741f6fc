import type { Answer, Comparison, Message, Rating } from "@touchstone/contracts";
import { outcomeOf, type ShownOrder, shownFirst } from "./outcome.ts";
import type { Split } from "./split.ts";

/** A judgement with what it was about: the input of the table below. `completions` stand in canonical order. */
export interface JudgementInContext {
  readonly judgementId: string;
  /** Stable pseudonym. */
  readonly annotator: string;
  readonly kind: "answer" | "retraction";
  readonly answer: Answer | null;
  readonly shownOrder: ShownOrder;
  /** Another judgement (a correction or a retraction) has taken its place. */
  readonly superseded: boolean;
  /** It came after its lease had expired and its slot was taken. */
  readonly surplus: boolean;
  /** It is the swapped repeat of an earlier one, shown to measure consistency. */
  readonly repeat: boolean;
  readonly promptId: string;
  readonly prompt: Message[];
  readonly split: Split;
  readonly completions: readonly { completionId: string; text: string | null }[];
}

export type LeftOut = "retraction" | "superseded" | "surplus" | "repeat" | "absent-text";

export type Normalised = { readonly form: Comparison | Rating } | { readonly leftOut: LeftOut };

/**
 * The one table from judgements to what learning reads. Everything that trains, exports or counts goes through it.
 *
 * | judgement                       | normal form                                                               |
 * |---------------------------------|---------------------------------------------------------------------------|
 * | graded, step 1–7                | Comparison; outcome 4 − step for what stood first, turned to the order a, b |
 * | graded, step 4 (tie)            | Comparison with outcome 0                                                   |
 * | both bad                        | Comparison with outcome 0 and `bothBad`, a low absolute signal for regression |
 * | rated, 1–5                      | Rating                                                                      |
 * | retraction; superseded          | none: an undo leaves nothing, a correction leaves only its last word        |
 * | surplus                         | none: kept in the journal, outside the cap, so that no task counts more     |
 * | repeat                          | none: it measures the annotator, and would count one opinion twice          |
 * | an answer without its text      | none: there is nothing to read; such votes serve agreement and truth only   |
 *
 * Disagreement is not resolved here: each annotator's judgement is a form of its own with weight 1, and `first`
 * records which side stood on the left, so that a trainer can model position and annotator.
 *
 * @throws RangeError where answer, order and completions contradict each other (the database's checks exclude it).
 */
export function normalise(judgement: JudgementInContext): Normalised {
  const { answer } = judgement;
  if (judgement.kind === "retraction" || answer === null) return { leftOut: "retraction" };
  if (judgement.superseded) return { leftOut: "superseded" };
  if (judgement.surplus) return { leftOut: "surplus" };
  if (judgement.repeat) return { leftOut: "repeat" };
  const origin = {
    judgementId: judgement.judgementId,
    annotator: judgement.annotator,
    promptId: judgement.promptId,
    prompt: judgement.prompt,
    split: judgement.split,
    weight: 1,
  };
  const [a, b, ...more] = judgement.completions.map(withText);
  if (a === null || b === null) return { leftOut: "absent-text" };
  if (answer.choice === "rated") {
    if (a === undefined || b !== undefined) throw new RangeError("a rating is of one completion");
    return { form: { kind: "rating", ...origin, completion: a, score: answer.score } };
  }
  if (a === undefined || b === undefined || more.length > 0) throw new RangeError("a comparison is of two completions");
  return {
    form: {
      kind: "comparison",
      ...origin,
      a,
      b,
      outcome: outcomeOf(answer, judgement.shownOrder),
      bothBad: answer.choice === "both-bad",
      first: shownFirst(judgement.shownOrder),
    },
  };
}

function withText(completion: { completionId: string; text: string | null }) {
  return completion.text === null ? null : { completionId: completion.completionId, text: completion.text };
}
