import { z } from "zod";
import { Questions } from "../questions/question.ts";
import { Locale } from "./scalars.ts";

/** Uses that a project can begin with; `datasets/templates/` has what each brings, in every language of the pages. */
export const TemplateName = z.enum([
  "text-generation",
  "translation",
  "question-answering",
  "classification",
  "summarisation",
  "code",
  "image",
  "speech",
  "agent-trajectory",
]);
export type TemplateName = z.infer<typeof TemplateName>;

export const TemplateQuery = z.strictObject({ language: Locale.default("en") });

/** A template as a form begins with it: what it would ask, under which guideline, and how many examples it brings. */
export const TemplateView = z.object({
  name: TemplateName,
  guideline: z.string(),
  overlap: z.number().int(),
  questions: Questions,
  /** Rows of our own writing, so that there is something to judge at once. */
  examples: z.number().int(),
});
export type TemplateView = z.infer<typeof TemplateView>;

/** With what a new project begins beside its own settings. */
export const TemplateChoice = z.strictObject({
  name: TemplateName,
  language: Locale.default("en"),
  /** Whether the template's example rows are imported. */
  examples: z.boolean().default(true),
});
export type TemplateChoice = z.infer<typeof TemplateChoice>;
