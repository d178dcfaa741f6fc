import { z } from "zod";
import { text } from "../entities/scalars.ts";
import { lengthSettings, lengthsAgree, lengthsDisagree } from "./length-settings.ts";
import type { QuestionContract } from "./question-contract.ts";
import { mostAnswers } from "./shown-answers.ts";
import { longestWritten } from "./text-length.ts";

/** The ideal answer to the prompt, written by hand; answers of models may stand beside it as a help. */
export const demonstration = {
  title: "Write the answer that you would want.",
  settings: z.strictObject(lengthSettings(longestWritten)).refine(lengthsAgree, lengthsDisagree),
  answer: z.strictObject({ text: text(longestWritten) }),
  completions: { least: 0, most: mostAnswers },
} as const satisfies QuestionContract;
