import { z } from "zod";
import { longestWritten } from "./text-length.ts";

/** Settings of a question that is answered in words: from how many to how many characters. */
export const lengthSettings = (mostAtFirst: number) => ({
  minLength: z.number().int().min(1).max(longestWritten).default(1),
  maxLength: z.number().int().min(1).max(longestWritten).default(mostAtFirst),
});

/** A minimum above the maximum could be met by nobody. */
export const lengthsAgree = ({ minLength, maxLength }: { minLength: number; maxLength: number }) =>
  minLength <= maxLength;
export const lengthsDisagree = {
  error: "is below “minLength”: no text could be both",
  path: ["maxLength"],
  params: { code: "lengthsDisagree" },
};
