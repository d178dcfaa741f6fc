import {
  reasonedError,
  type SentenceValues,
  type TrainingErrorCode,
  type TrainingReason,
  type TrainingReasonValues,
} from "@touchstone/contracts";

interface Options extends ErrorOptions {
  readonly values?: SentenceValues;
}

/** Codes that stand for several things: their errors are made by `reasoned`, which says which. */
type CodeWithReason = Extract<
  TrainingErrorCode,
  "wrong_settings" | "wrong_model" | "bad_model_files" | "bad_checkpoint"
>;

/** A run that can't start or go on, with a code for programs and a sentence for people. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";
  readonly code: TrainingErrorCode;
  /** What the sentence is made with in other languages. */
  readonly values: SentenceValues;
  /** Which of the things it is that the code stands for. */
  readonly reason: TrainingReason | undefined;

  constructor(code: Exclude<TrainingErrorCode, CodeWithReason>, message: string, options?: Options);
  constructor(
    code: TrainingErrorCode,
    message: string,
    options: Options & { readonly reason: TrainingReason | undefined },
  );
  constructor(
    code: TrainingErrorCode,
    message: string,
    { values = {}, reason, ...options }: Options & { readonly reason?: TrainingReason | undefined } = {},
  ) {
    super(message, options);
    this.code = code;
    this.values = values;
    this.reason = reason;
  }
}

/** The error that a run ends with for this reason, which every language has a sentence for. */
export function reasoned<Reason extends TrainingReason>(
  reason: Reason,
  ...values: TrainingReasonValues<Reason>
): TrainingError {
  const { code, message, ...rest } = reasonedError(reason, ...values);
  return new TrainingError(code, message, rest);
}

/** The same with the error that it was made of. */
export function reasonedBy<Reason extends TrainingReason>(
  cause: unknown,
  reason: Reason,
  ...values: TrainingReasonValues<Reason>
): TrainingError {
  const { code, message, ...rest } = reasonedError(reason, ...values);
  return new TrainingError(code, message, { ...rest, cause });
}

/** What a library said of something, to stand in a sentence of ours. */
export function wordsOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/[.\s]+$/, "");
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
