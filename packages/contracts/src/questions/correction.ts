import { z } from "zod";
import { text } from "../entities/scalars.ts";
import type { QuestionContract } from "./question-contract.ts";
import { mostAnswers, Place } from "./shown-answers.ts";
import { longestWritten } from "./text-length.ts";

/** One of the answers as it ought to be, or that it is right as it stands: that is said as such, and never by an equal text. */
export const CorrectionAnswer = z.discriminatedUnion("choice", [
  z.strictObject({ choice: z.literal("edited"), place: Place, text: text(longestWritten) }),
  z.strictObject({ choice: z.literal("unchanged"), place: Place }),
]);
export type CorrectionAnswer = z.infer<typeof CorrectionAnswer>;

/** One of the answers is put right by hand; whoever is asked chooses which. */
export const correction = {
  title: "Correct the answer.",
  settings: z.strictObject({}),
  answer: CorrectionAnswer,
  completions: { least: 1, most: mostAnswers },
  once: true,
} as const satisfies QuestionContract;
