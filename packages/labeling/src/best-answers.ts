import type { Comparison, Rating } from "@touchstone/contracts";

/** Thirds (comparisons) and halves (ratings) add up without rounding as whole sixths: what cancels out is 0 exactly. */
interface Tally {
  readonly completionId: string;
  sixths: number;
  judgements: number;
}

export interface BestAnswer {
  readonly promptId: string;
  /** Of the answers with these words the one that was judged first. */
  readonly completionId: string;
  /** Mean signal on the scale −1 … 1, above 0. */
  readonly signal: number;
  readonly judgements: number;
}

/**
 * The answer of each prompt that people liked most, as a text to imitate. Each judgement is a signal from −1 to 1 on the
 * answers it was about: a comparison its outcome over 3, with opposite signs; “both bad” −1 for both; a rating (score − 3)/2.
 * Only means above 0 count: where people liked nothing there is nothing to imitate.
 *
 * Answers with the same words are one answer, whoever wrote them: an imported one that a policy says again has the
 * signals of both. Holds two numbers and a digest an answer, and no text.
 */
export class BestAnswers {
  readonly #prompts = new Map<string, Map<string, Tally>>();
  readonly #digest: (text: string) => string;

  /** @param digest of a text, short and without collisions: texts with the same one count as the same. */
  constructor(digest: (text: string) => string) {
    this.#digest = digest;
  }

  add(form: Comparison | Rating): void {
    if (form.kind === "rating") {
      this.#signal(form.promptId, form.completion, 3 * (form.score - 3));
      return;
    }
    this.#signal(form.promptId, form.a, form.bothBad ? -6 : 2 * form.outcome);
    this.#signal(form.promptId, form.b, form.bothBad ? -6 : -2 * form.outcome);
  }

  /** One answer a prompt at most, prompts in order of first appearance; among equals the one judged most, then first. */
  *best(): Generator<BestAnswer> {
    for (const [promptId, tallies] of this.#prompts) {
      let best: BestAnswer | undefined;
      for (const { completionId, sixths, judgements } of tallies.values()) {
        const signal = sixths / (6 * judgements);
        if (signal <= 0 || signal < (best?.signal ?? 0)) continue;
        if (best && signal === best.signal && judgements <= best.judgements) continue;
        best = { promptId, completionId, signal, judgements };
      }
      if (best) yield best;
    }
  }

  #signal(promptId: string, { completionId, text, media }: Rating["completion"], sixths: number): void {
    const tallies = this.#prompts.get(promptId) ?? new Map<string, Tally>();
    const files = media?.map(({ sha256 }) => sha256) ?? [];
    const words = this.#digest([text, ...files].join("\n"));
    const tally = tallies.get(words) ?? { completionId, sixths: 0, judgements: 0 };
    tally.sixths += sixths;
    tally.judgements += 1;
    tallies.set(words, tally);
    this.#prompts.set(promptId, tallies);
  }
}
