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

/** @returns an error `too_few_labels` that says how many there are and how many are needed */
export function tooFew(noun: string, count: number, minimum: number): TrainingError {
  const needed = minimum === 1 ? "1 is" : `${minimum} are`;
  return new TrainingError("too_few_labels", `There are ${count} ${noun} to train on; at least ${needed} needed.`, {
    values: { noun, count, minimum },
  });
}
