import { z } from "zod";

/** What can be done to the rows of a data set before anybody learns from them, in its usual order. */
export const PreparationStep = z.enum(["clean", "scrub", "language", "length", "exact-duplicates", "near-duplicates"]);
export type PreparationStep = z.infer<typeof PreparationStep>;

/** Personal data that can be told by its form, and mostly by a check digit as well. */
export const PersonalDataKind = z.enum(["credentials", "email", "iban", "identity", "card", "phone", "ip"]);
export type PersonalDataKind = z.infer<typeof PersonalDataKind>;

/** Languages that people here judge in; every other one is `other`. */
export const PreparedLanguage = z.enum(["en", "zh", "other"]);
export type PreparedLanguage = z.infer<typeof PreparedLanguage>;

const threshold = z.number().gt(0).max(1);
const count = z.number().int();

const clean = z.strictObject({
  normalForm: z
    .enum(["NFC", "NFKC", "none"])
    .default("NFC")
    .describe("Unicode normal form; NFKC also turns full-width letters and Chinese commas into Latin ones."),
  whitespace: z
    .enum(["trim", "collapse", "keep"])
    .default("trim")
    .describe("trim leaves indentation alone; collapse makes every run of blanks inside a line one space."),
});

const scrub = z.strictObject({
  kinds: z
    .array(PersonalDataKind)
    .min(1)
    .default([...PersonalDataKind.options])
    .describe("Personal data to replace by placeholders such as <EMAIL>."),
});

const language = z.strictObject({
  keep: z.array(PreparedLanguage).min(1).default(["en", "zh"]).describe("Languages whose rows stay."),
  unknown: z
    .boolean()
    .default(true)
    .describe("Whether rows stay whose language can't be told: too short, or no words."),
});

const length = z.strictObject({
  minCharacters: count.min(0).default(1).describe("Shortest answer or text, in characters."),
  maxCharacters: count.min(1).default(100_000).describe("Longest row (prompt and its longest answer), in characters."),
  minTokens: count.min(0).optional().describe("Shortest answer or text, in tokens of the tokenizer."),
  maxTokens: count.min(1).optional().describe("Longest row, in tokens of the tokenizer; the model's context, say."),
});

const duplicates = z.strictObject({
  threshold: threshold.default(0.8).describe("Jaccard similarity of shingles from which a row repeats another."),
  shingle: count
    .min(1)
    .max(16)
    .default(3)
    .describe("Tokens a shingle has: words, or characters of scripts without spaces."),
  hashes: count.min(16).max(1_024).default(128).describe("Length of a MinHash signature."),
});

const split = z.strictObject({
  validation: z.number().min(0).lt(1).default(0.1).describe("Share of the clusters."),
  test: z.number().min(0).lt(1).default(0.1).describe("Share of the clusters."),
  threshold: threshold.default(0.7).describe("Prompts this similar are of one cluster."),
});

const augment = z.strictObject({
  templates: z
    .array(z.string().min(1))
    .default([])
    .describe(
      "Wordings of a prompt of the training split: {prompt} is the last question, other names come from values.",
    ),
  values: z
    .record(z.string().regex(/^\w+$/u, "a name has letters, digits and _ only"), z.array(z.string().min(1)).min(1))
    .default({}),
  copies: count.min(1).max(100).default(1).describe("Rewordings a row of the training split gets beside itself."),
});

const pack = z.strictObject({
  context: count.min(2).max(1_048_576).optional().describe("Context window in tokens, for a plan of what shares one."),
});

/** How `rlhf prepare` brings files into shape. Every field has a default, so `{}` is complete. */
export const PreparationSpec = z
  .strictObject({
    steps: z
      .array(PreparationStep)
      .default([...PreparationStep.options])
      .describe("Steps in the order in which they run; splitting always comes last."),
    clean: clean.prefault({}),
    scrub: scrub.prefault({}),
    language: language.prefault({}),
    length: length.prefault({}),
    duplicates: duplicates.prefault({}),
    split: split.prefault({}),
    augment: augment.prefault({}),
    pack: pack.prefault({}),
    seed: count.min(0).default(1).describe("Decides which rewording a row gets."),
  })
  .refine(({ split: { validation, test } }) => validation + test < 1, {
    path: ["split"],
    message: "validation and test leave nothing to train on; their shares must add up to less than 1",
  })
  .refine(({ steps }) => new Set(steps).size === steps.length, { path: ["steps"], message: "a step runs once" })
  .refine(({ length: { minCharacters, maxCharacters } }) => minCharacters <= maxCharacters, {
    path: ["length", "minCharacters"],
    message: "must not be above maxCharacters",
  });
export type PreparationSpec = z.infer<typeof PreparationSpec>;
