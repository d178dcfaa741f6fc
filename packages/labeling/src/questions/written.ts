import { charactersIn, type LengthBounds, lengthFault, longestWritten } from "@touchstone/contracts";
import type { AnswerFault } from "./question-rules.ts";

/** What is wrong with a text that somebody wrote, with what is allowed instead. */
export function textFault(text: string, bounds: LengthBounds): AnswerFault | null {
  const fault = lengthFault(text, bounds);
  return fault === null ? null : { path: ["text"], message: sentence(fault, text, bounds) };
}

function sentence(
  fault: NonNullable<ReturnType<typeof lengthFault>>,
  text: string,
  { minLength, maxLength }: LengthBounds,
): string {
  switch (fault) {
    case "blank":
      return "Write something that can be seen.";
    case "tooShort":
      return `Write at least ${minLength} characters; these are ${charactersIn(text)}.`;
    case "tooLong":
      return `Write at most ${maxLength} characters (of emoji fewer, at most ${longestWritten} UTF-16 units in all); these are ${charactersIn(text)}.`;
  }
}
