import { z } from "zod";
import { text as storable } from "../entities/scalars.ts";
import { lengthSettings, lengthsAgree, lengthsDisagree } from "./length-settings.ts";
import type { QuestionContract } from "./question-contract.ts";
import { mostAnswers } from "./shown-answers.ts";
import { longestWritten } from "./text-length.ts";

/** A few pages: a rationale, a note. */
const mostAtFirst = 10_000;

export const TextSettings = z
  .strictObject({
    ...lengthSettings(mostAtFirst),
    /** Whether the text may have several lines. */
    multiline: z.boolean().default(true),
  })
  .refine(lengthsAgree, lengthsDisagree);

/** Something in words: about the answers, or about the prompt alone. */
export const text = {
  title: "What do you say to this?",
  settings: TextSettings,
  answer: z.strictObject({ text: storable(longestWritten) }),
  completions: { least: 0, most: mostAnswers },
} as const satisfies QuestionContract;
