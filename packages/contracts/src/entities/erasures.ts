import { z } from "zod";
import {
  ConfirmedByName,
  Dependant,
  DependentEvaluation,
  DependentLabelSet,
  DependentModel,
  DependentRun,
} from "./dependants.ts";
import { Id, Timestamp } from "./scalars.ts";

/** `identity`: what they judged stays, under a name that says nothing. `all`: their judgements and texts go too. */
export const ErasureKind = z.enum(["identity", "all"]);
export type ErasureKind = z.infer<typeof ErasureKind>;

/** How much of a person there is, or of a project that keeps it no longer. */
export const ErasedCounts = z.object({
  /** Answers that they gave, corrected and taken back ones, surplus ones and repeats among them. */
  judgements: z.number().int(),
  /** Tasks that they left undone, with what they said of it. */
  skips: z.number().int(),
  /** Tasks that lie on their desk now: others get them. */
  held: z.number().int(),
  /** Questions that they asked, and answers that they gave to those of others. */
  inquiries: z.number().int(),
  answers: z.number().int(),
  /** Remarks about what they, or others, left out. */
  notes: z.number().int(),
  views: z.number().int(),
  imports: z.number().int(),
  /** That they downloaded: these files lie where they were put. */
  exports: z.number().int(),
  sessions: z.number().int(),
  tokens: z.number().int(),
  /** Links that they made. */
  links: z.number().int(),
  /** Entries of the audit that are by them or about them. */
  audit: z.number().int(),
});
export type ErasedCounts = z.infer<typeof ErasedCounts>;

/** All that depends on a person, before they are erased. What of it changes is said for either kind. */
export const PersonDependants = z.object({
  member: Dependant.extend({ email: z.string().nullable(), kind: z.enum(["person", "imported"]) }),
  /** They sign in to other workspaces too: there, they stay. */
  elsewhere: z.boolean(),
  counts: ErasedCounts,
  /** Where they judged. */
  projects: z.array(Dependant.extend({ judgements: z.number().int() })),
  /** Frozen sets with their judgements: their hash stays either way. */
  labelSets: z.array(DependentLabelSet),
  /** Runs that read one of these sets; those under way end when the judgements go. */
  runs: z.array(DependentRun),
  models: z.array(DependentModel),
  /** Evaluations that they judged pairs of. */
  evaluations: z.array(DependentEvaluation.extend({ judgements: z.number().int() })),
  /** As `Dependants.stamp`. */
  stamp: z.string(),
});
export type PersonDependants = z.infer<typeof PersonDependants>;

export const ErasureDraft = z.strictObject({ what: ErasureKind, ...ConfirmedByName.shape });
export type ErasureDraft = z.infer<typeof ErasureDraft>;

/** An erasure that goes on or is done. It names nobody. */
export const ErasureView = z.object({
  id: Id,
  what: ErasureKind,
  /** What a project keeps no longer; null: a person. */
  projectId: Id.nullable(),
  counts: ErasedCounts,
  /** Between 0 and 1. */
  done: z.number(),
  by: z.string().nullable(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
});
export type ErasureView = z.infer<typeof ErasureView>;

const days = z.number().int().min(1).max(36_500);

/** How long a project keeps what is of people, in days; null: without an end. */
export const Retention = z.strictObject({
  /** Who judged, from the end of the month (UTC) in which they did. */
  identityDays: days.nullable(),
  /** Judgements and what was written, from when the project was archived. */
  archivedDays: days.nullable(),
});
export type Retention = z.infer<typeof Retention>;

/** The same as asked in an address: nothing is null there. */
export const RetentionQuery = z.strictObject({
  identityDays: z.coerce.number().int().min(1).max(36_500).optional(),
  archivedDays: z.coerce.number().int().min(1).max(36_500).optional(),
});
export type RetentionQuery = z.infer<typeof RetentionQuery>;

export const RetentionView = Retention.extend({
  /** Nothing is erased by these before; null where nothing ever is. */
  from: Timestamp.nullable(),
  archivedAt: Timestamp.nullable(),
  /** What these, or those that were asked about, would erase at this moment. */
  due: z.object({
    /** Judgements that lose who made them, of how many people, and those of before the month that is kept whole. */
    identity: z.number().int(),
    people: z.number().int(),
    /** Due, too, but their task is still handed out, which must know who has had it. */
    waiting: z.number().int(),
    madeBefore: Timestamp.nullable(),
    /** Judgements that go. */
    judgements: z.number().int(),
  }),
});
export type RetentionView = z.infer<typeof RetentionView>;
