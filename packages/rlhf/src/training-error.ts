import type { TrainingErrorCode } from "@touchstone/contracts";

/** A run that can't start or go on, with a code for programs and a sentence for people. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";
  readonly code: TrainingErrorCode;

  constructor(code: TrainingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
