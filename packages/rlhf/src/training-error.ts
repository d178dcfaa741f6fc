import type { SentenceValues, TrainingErrorCode } from "@touchstone/contracts";

interface Options extends ErrorOptions {
  readonly values?: SentenceValues;
}

/** A run that can't start or go on, with a code for programs and a sentence for people. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";
  readonly code: TrainingErrorCode;
  /** What the sentence is made with in other languages. */
  readonly values: SentenceValues;

  constructor(code: TrainingErrorCode, message: string, { values = {}, ...options }: Options = {}) {
    super(message, options);
    this.code = code;
    this.values = values;
  }
}

/** "1,204 comparisons", "1 comparison": nouns here are plurals by an s. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? noun.slice(0, -1) : noun}`;
}

/**
 * @param which of them, where not all count; it ends with a space
 * @returns an error `too_few_labels` that says how many there are and how many are needed
 */
export function tooFew(noun: string, count: number, minimum: number, which = ""): TrainingError {
  const needed = minimum === 1 ? "1 is" : `${minimum} are`;
  return new TrainingError(
    "too_few_labels",
    `There ${count === 1 ? "is" : "are"} ${counted(count, noun)} ${which}to train on; at least ${needed} needed.`,
    {
      values: { noun, count, minimum },
    },
  );
}
