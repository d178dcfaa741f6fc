import { type Answer, type LengthBounds, longestWritten, type Question } from "@touchstone/contracts";

/** From how many to how many characters a question's text may have. */
export function boundsOf({ settings: { minLength, maxLength } }: Question): LengthBounds {
  return {
    minLength: typeof minLength === "number" ? minLength : 1,
    maxLength: typeof maxLength === "number" ? maxLength : longestWritten,
  };
}

/** The text of an answer or of a draft; empty where nothing is written. */
export const textOf = (draft: Answer | undefined): string => (typeof draft?.text === "string" ? draft.text : "");
