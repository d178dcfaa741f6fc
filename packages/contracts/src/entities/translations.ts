import { z } from "zod";
import { text } from "./scalars.ts";

/** A BCP 47 tag in its canonical form, such as `en`, `zh-Hans` or `pt-BR`. */
export const LanguageTag = z
  .string()
  .min(2)
  .max(35)
  .transform((tag, context) => {
    try {
      return new Intl.Locale(tag).toString();
    } catch {
      context.addIssue({
        code: "custom",
        message: "is no language tag",
        params: { code: "languageTag" },
      });
      return z.NEVER;
    }
  });

/** Words of a questionnaire in another language: a title, or a name such as an option, and what is shown in its place. */
const TranslatedWords = z
  .array(z.strictObject({ of: text(300, 1), says: text(300, 1) }))
  .max(300)
  .superRefine((words, context) => {
    const seen = new Set<string>();
    for (const [index, { of }] of words.entries()) {
      if (seen.has(of)) {
        const message = `“${of}” is there already`;
        context.addIssue({ code: "custom", path: [index, "of"], message, params: { code: "repeated" } });
      }
      seen.add(of);
    }
  });

/**
 * A project's texts in one more language. What is left empty is shown in the project's own. Names that answers hold, such
 * as options and aspects, are only shown otherwise: what is stored and exported stays the same in every language.
 */
const texts = {
  language: LanguageTag,
  name: text(120).default(""),
  description: text(2_000).default(""),
  words: TranslatedWords.default([]),
};

/** Of a version of the guideline; the number is the same in all languages. */
const guideline = z.strictObject({ version: z.number().int().min(1).max(1_000_000), text: text(50_000, 1) });

export const TranslationDraft = z.strictObject({ ...texts, guideline: guideline.nullable().default(null) });
export type TranslationDraft = z.infer<typeof TranslationDraft>;

/** The same in a file that makes a project, whose guideline begins with its first version. */
export const TranslationInFile = z.strictObject({ ...texts, guideline: text(50_000).default("") });
export type TranslationInFile = z.infer<typeof TranslationInFile>;

export const TranslationView = z.object({
  language: z.string(),
  name: z.string(),
  description: z.string(),
  words: z.array(z.object({ of: z.string(), says: z.string() })),
  /** The newest version that was translated; one that is not in force is not shown, and can be begun with. */
  guideline: z.object({ version: z.number().int(), text: z.string() }).nullable(),
});
export type TranslationView = z.infer<typeof TranslationView>;

export const TranslationList = z.object({
  /** What the project's own texts are written in; null where nobody has said it. */
  language: z.string().nullable(),
  items: z.array(TranslationView),
});
export type TranslationList = z.infer<typeof TranslationList>;

/** Languages that a project can have beside its own. */
export const mostTranslations = 30;
