import { z } from "zod";
import { QuestionKindName, QuestionnaireView } from "../questions/question.ts";
import { Groups } from "./groups.ts";
import { MemberKind } from "./people.ts";
import { Id, Name, Timestamp, text } from "./scalars.ts";
import { TemplateChoice } from "./templates.ts";
import { LanguageTag } from "./translations.ts";

export const GuidelineView = z.object({ id: Id, version: z.number().int(), text: z.string(), createdAt: Timestamp });
export type GuidelineView = z.infer<typeof GuidelineView>;

/** Of a person's judgements, how many come again with the answers the other way round; 0: none. */
const RepeatShare = z.number().min(0).max(0.5);
const DailyLimit = z.number().int().min(1).max(100_000);
const ShareLimit = z.number().gt(0).max(1);
const ParallelLeases = z.number().int().min(1).max(20);

/** What stays blurred at the desk until the person reveals it: every task, those marked as sensitive, or none. */
export const Blur = z.enum(["everything", "marked", "never"]);
export type Blur = z.infer<typeof Blur>;

/** Who gets how much of a project's tasks. */
const assignment = {
  repeatShare: RepeatShare.optional(),
  /** Judgements of one person a day (UTC); null: as many as there are. */
  dailyLimit: DailyLimit.nullable().optional(),
  /** Of the project's tasks, how many one person may judge; null: all. */
  shareLimit: ShareLimit.nullable().optional(),
  /** Tasks that one person may hold at once. */
  parallelLeases: ParallelLeases.optional(),
  dueAt: Timestamp.nullable().optional(),
  groups: Groups.optional(),
  /** Each person gets only tasks in languages that they say they read, and those of which nobody knows the language. */
  languagesOnly: z.boolean().optional(),
};

/** How many judgements a task needs (`overlap`) and how long a lease lasts without a heartbeat. */
export const ProjectDraft = z.strictObject({
  name: Name,
  description: text(2_000).default(""),
  guideline: text(50_000).default(""),
  /** Whether people get tasks only once they have read that guideline; of an empty one there is nothing to read. */
  mustRead: z.boolean().default(true),
  overlap: z.number().int().min(1).max(100).default(3),
  leaseSeconds: z.number().int().min(30).max(86_400).default(900),
  /** A project of the practice world: its prompts carry the metadata by which a rule can score answers. */
  practice: z.boolean().default(false),
  /** What its texts are written in; readers of other languages are shown a translation where there is one. */
  language: LanguageTag.optional(),
  /** A use to begin with: its questionnaire, its words in other languages and, where wanted, its examples. */
  template: TemplateChoice.optional(),
  blur: Blur.optional(),
  ...assignment,
  repeatShare: RepeatShare.default(0.05),
});
export type ProjectDraft = z.infer<typeof ProjectDraft>;

export const ProjectState = z.enum(["active", "paused", "ended", "archived"]);
export type ProjectState = z.infer<typeof ProjectState>;

export const ProjectChange = z.strictObject({
  name: Name.optional(),
  description: text(2_000).optional(),
  guideline: text(50_000).optional(),
  /** Of a guideline whose text changes: whether the new version must be read before the next task; true without it. */
  mustRead: z.boolean().optional(),
  overlap: z.number().int().min(1).max(100).optional(),
  leaseSeconds: z.number().int().min(30).max(86_400).optional(),
  language: LanguageTag.nullable().optional(),
  state: ProjectState.optional(),
  blur: Blur.optional(),
  ...assignment,
});
export type ProjectChange = z.infer<typeof ProjectChange>;

export const OverlapPreviewQuery = z.strictObject({ overlap: z.coerce.number().int().min(1).max(100) });

/** What another number of judgements per task would do to the tasks already there. */
export const OverlapPreview = z.object({
  /** Tasks that are full and would be open again. */
  reopened: z.number().int(),
  /** Open tasks that would be full, for they have that many already, judged or held. */
  closed: z.number().int(),
  /** Tasks that keep a higher number, because a later place of theirs is judged or held. */
  above: z.number().int(),
});
export type OverlapPreview = z.infer<typeof OverlapPreview>;

export const ProjectView = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  state: ProjectState,
  overlap: z.number().int(),
  leaseSeconds: z.number().int(),
  practice: z.boolean(),
  /** What its own texts are written in; null where nobody has said it. */
  language: z.string().nullable().optional(),
  repeatShare: z.number(),
  dailyLimit: z.number().int().nullable(),
  shareLimit: z.number().nullable(),
  parallelLeases: z.number().int(),
  dueAt: Timestamp.nullable(),
  groups: z.array(z.string()),
  languagesOnly: z.boolean(),
  blur: Blur,
  guideline: GuidelineView,
  /** The newest version of each of its questionnaires. */
  questionnaires: z.array(QuestionnaireView),
  createdAt: Timestamp,
});
export type ProjectView = z.infer<typeof ProjectView>;

/** A project in the list: with what its tasks ask of people, and how far they are. */
export const ProjectListItem = ProjectView.extend({
  asks: z.array(QuestionKindName),
  /** Judgements wanted over all tasks, and counted ones that are there. */
  wanted: z.number().int(),
  judged: z.number().int(),
});
export type ProjectListItem = z.infer<typeof ProjectListItem>;

/** How often people said the same of a task that came to them again, its answers the other way round. */
export const Consistency = z.object({
  /** Repeats of which every measured value was the same, in canonical order. */
  same: z.number().int(),
  repeats: z.number().int(),
});
export type Consistency = z.infer<typeof Consistency>;

/** Decisions that tell of reading, and those of them that were made faster than anybody reads. */
export const Haste = z.object({ fast: z.number().int(), decisions: z.number().int() });
export type Haste = z.infer<typeof Haste>;

/** Live figures of a project. Simulated judgements are counted apart, never mixed in. */
export const ProjectFigures = z.object({
  projectId: Id,
  prompts: z.number().int(),
  completions: z.number().int(),
  tasks: z.object({
    open: z.number().int(),
    full: z.number().int(),
    paused: z.number().int(),
    total: z.number().int(),
  }),
  /** Counted judgements wanted over all tasks; those there, and the three kinds of missing ones, add up to it. */
  wanted: z.number().int(),
  missing: z.object({
    /** Of tasks that somebody has on their desk now. */
    underway: z.number().int(),
    /** That anybody may still take. */
    waiting: z.number().int(),
    /** Of tasks that are closed: imported closed, or beyond a pilot. */
    closed: z.number().int(),
  }),
  judgements: z.object({
    person: z.number().int(),
    imported: z.number().int(),
    simulated: z.number().int(),
    surplus: z.number().int(),
    retracted: z.number().int(),
    /** Of the first three, those that are left out of exports, agreement and training. An API of before says nothing. */
    leftOut: z.number().int().default(0),
  }),
  lastHour: z.number().int(),
  /** Judgements by people an hour at the present pace; null where nobody is at work, or too few came to tell. */
  perHour: z.number().nullable(),
  /** Median visible seconds of the last 200 judgements by people, null with none. */
  medianSeconds: z.number().nullable(),
  activeAnnotators: z.number().int(),
  /** Krippendorff's α among people: ordinal for preferences, interval for ratings. */
  /** People's rhythm of the last four weeks; null where nobody has judged in them. */
  progress: z
    .object({
      /** Counted judgements an hour, over hours in which there were any. */
      perActiveHour: z.number(),
      activeHours: z.number().int(),
      /** When open tasks have all that they want, with a 95 % interval; null where nobody can tell, or nothing is missing. */
      end: z
        .object({
          /** Of what counts were made: whole days once there are three, else whole hours. */
          unit: z.enum(["hour", "day"]),
          units: z.number().int(),
          value: Timestamp,
          low: Timestamp,
          /** Null where the rhythm does not exclude that it never ends. */
          high: Timestamp.nullable(),
        })
        .nullable(),
    })
    .nullable()
    // An API of before says nothing of it.
    .default(null),
  agreement: z
    .object({ value: z.number(), low: z.number(), high: z.number(), pairs: z.number().int(), of: QuestionKindName })
    .nullable(),
  /** Of people alone, over the latest repeats; null where nobody has judged one. */
  consistency: Consistency.nullable().optional(),
  /** Judgements a day for the timeline, oldest first, at most 60 entries. */
  timeline: z.array(
    z.object({ day: z.string(), person: z.number().int(), imported: z.number().int(), simulated: z.number().int() }),
  ),
  annotators: z.array(
    z.object({
      memberId: Id,
      name: z.string(),
      kind: MemberKind,
      judgements: z.number().int(),
      medianSeconds: z.number().nullable(),
      /** Seconds that it takes at least to read the answers of their latest tasks, in the median; null without texts. */
      readingSeconds: z.number().nullable(),
      /** Of their latest decisions that tell of reading, how many were made faster than anybody reads. */
      haste: Haste.nullable().optional(),
      lastAt: Timestamp.nullable(),
      consistency: Consistency.nullable().optional(),
      /** Whether all their work here is left out. */
      leftOut: z.boolean().default(false),
    }),
  ),
  /** All annotators of the project; the list has the first hundred. */
  annotatorCount: z.number().int(),
});
export type ProjectFigures = z.infer<typeof ProjectFigures>;

export const SimulationDraft = z.strictObject({
  annotators: z.number().int().min(1).max(50).default(6),
  /** How many judgements in all; they stop sooner when no task is left. */
  judgements: z.number().int().min(1).max(100_000).default(500),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
});
