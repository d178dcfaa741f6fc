import { Message } from "@touchstone/contracts";
import { z } from "zod";

/** One prompt of the demo project, written for it, with answers of clearly different quality for a newcomer to rank. */
export const DemoPrompt = z.strictObject({
  id: z.string().regex(/^(en|zh)-(story|translation|question|classification)-\d\d$/u),
  use: z.enum(["story", "translation", "question", "classification"]),
  /** The language in which it is asked. */
  language: z.enum(["en", "zh"]),
  messages: z.array(Message).min(1),
  /** What is to be translated; null for the other uses. */
  sourceText: z.string().min(1).nullable(),
  answers: z
    .array(
      z.strictObject({
        text: z.string().min(1).max(2_000),
        /** The authors' own judgement, 1–5; it is never shown and is no key, only a check of the material. */
        quality: z.number().int().min(1).max(5),
        note: z.string().min(1),
      }),
    )
    .min(3)
    .max(6),
});
export type DemoPrompt = z.infer<typeof DemoPrompt>;

/** One file of `prisma/demo/prompts`. */
export const DemoPrompts = z.array(DemoPrompt);
