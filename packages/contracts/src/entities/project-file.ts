import { z } from "zod";
import { Questions } from "../questions/question.ts";
import { QuestionnaireDraft } from "../questions/questionnaire-draft.ts";
import { Blur, ProjectDraft } from "./projects.ts";
import { Name } from "./scalars.ts";
import { LanguageTag, mostTranslations, TranslationInFile } from "./translations.ts";

export const projectFileFormat = "touchstone-project";
/** Raised when a file of this product can't be read by the one before. */
export const projectFileVersion = 1;

/** What any file of ours begins with, looked at first: of a foreign or newer one nothing else is worth saying. */
const Head = z
  .looseObject({ format: z.unknown().optional(), version: z.unknown().optional() })
  .superRefine(({ format, version }, context) => {
    if (format !== projectFileFormat) {
      const message = `is not “${projectFileFormat}”: this is no exported project`;
      context.addIssue({ code: "custom", path: ["format"], message, params: { code: "notAProject" } });
      return;
    }
    if (typeof version === "number" && Number.isInteger(version) && version >= 1 && version <= projectFileVersion)
      return;
    const message = `is not a version that is known here (1 to ${projectFileVersion}): a newer installation wrote the file`;
    context.addIssue({ code: "custom", path: ["version"], message, params: { code: "newerProject" } });
  });

const OwnQuestionnaire = z.strictObject({
  name: QuestionnaireDraft.shape.name,
  questions: QuestionnaireDraft.shape.questions,
});
export type OwnQuestionnaire = z.infer<typeof OwnQuestionnaire>;

/** Names the later of two entries that are called the same. */
function named<T extends z.ZodType<Record<string, unknown>>>(entry: T, most: number, field: string) {
  return z
    .array(entry)
    .max(most)
    .superRefine((entries, context) => {
      const names = entries.map((one) => String(one[field]));
      for (const [index, name] of names.entries()) {
        if (names.indexOf(name) === index) continue;
        const message = `“${name}” is there already`;
        context.addIssue({ code: "custom", path: [index, field], message, params: { code: "repeated" } });
      }
    })
    .default([]);
}

/** Who gets how much, as far as it names nobody and no day; a file of before asks for none of it. */
const Shares = z.strictObject({
  repeatShare: ProjectDraft.shape.repeatShare.unwrap(),
  dailyLimit: ProjectDraft.shape.dailyLimit.unwrap(),
  shareLimit: ProjectDraft.shape.shareLimit.unwrap(),
  parallelLeases: ProjectDraft.shape.parallelLeases.unwrap(),
  languagesOnly: ProjectDraft.shape.languagesOnly.unwrap(),
});

const Contents = z.strictObject({
  format: z.literal(projectFileFormat),
  version: z.literal(projectFileVersion),
  name: Name,
  description: ProjectDraft.shape.description,
  /** What its texts are written in. */
  language: LanguageTag.nullable().default(null),
  guideline: ProjectDraft.shape.guideline,
  overlap: ProjectDraft.shape.overlap,
  leaseSeconds: ProjectDraft.shape.leaseSeconds,
  assignment: Shares.optional(),
  /** A file of before blurs what is marked. */
  blur: Blur.default("marked"),
  /** The newest version of each that is not a standard one; a project made of the file begins with them as their first. */
  questionnaires: named(OwnQuestionnaire, 100, "name"),
  translations: named(TranslationInFile, mostTranslations, "language"),
});

/** All that makes a project again somewhere else: what is asked and how, without data and without people. */
export const ProjectFile = Head.pipe(Contents);
export type ProjectFile = z.infer<typeof Contents>;
/** The same as it is handed out. */
export const ProjectFileView = z.object({
  format: z.literal(projectFileFormat),
  version: z.literal(projectFileVersion),
  name: z.string(),
  description: z.string(),
  language: z.string().nullable(),
  guideline: z.string(),
  overlap: z.number().int(),
  leaseSeconds: z.number().int(),
  assignment: Shares.optional(),
  blur: Blur,
  questionnaires: z.array(z.object({ name: z.string(), questions: Questions })),
  translations: z.array(
    z.object({
      language: z.string(),
      name: z.string(),
      description: z.string(),
      words: z.array(z.object({ of: z.string(), says: z.string() })),
      guideline: z.string(),
    }),
  ),
});
export type ProjectFileView = z.infer<typeof ProjectFileView>;

export const ProjectCopyDraft = z.strictObject({
  name: Name,
  /** `prompts`: its prompts, answers and tasks too; never judgements, and nothing of evaluations. */
  take: z.enum(["settings", "prompts"]),
});
export type ProjectCopyDraft = z.infer<typeof ProjectCopyDraft>;

/** Prompts, answers and tasks that one copy takes at most, all together: some half a minute of the database's time. */
export const mostCopied = 300_000;
