import { z } from "zod";
import { Dependant, DependentEvaluation, DependentLabelSet, DependentModel, DependentRun } from "./dependants.ts";
import { EvaluationView, ModelName, ModelVersionView } from "./learning.ts";
import { Id, Name, Timestamp, text } from "./scalars.ts";

/**
 * Who decided: a person, or a schedule that puts in use what it has trained. `newest`: nobody did; it was the newest when
 * the registry was introduced, and in use as such.
 */
export const PromotionCause = z.enum(["person", "schedule", "newest"]);
export type PromotionCause = z.infer<typeof PromotionCause>;

/** From when to when a project used a model; without an end it uses it now. */
export const PromotionView = z.object({
  id: Id,
  model: ModelName,
  cause: PromotionCause,
  /** It was gone back to. */
  back: z.boolean(),
  reason: z.string(),
  by: z.string().nullable(),
  at: Timestamp,
  until: Timestamp.nullable(),
});
export type PromotionView = z.infer<typeof PromotionView>;

export const PromotionDraft = z.strictObject({
  projectId: Id,
  /** Why, in a sentence or two. It stands in the history of the project's models and in the audit log. */
  reason: text(1_000, 1).refine((value) => value === "" || value.trim() !== "", {
    error: "has no visible character",
    params: { code: "blank" },
  }),
  /** The model that was in use when whoever asks looked (null: none); where it is another by now, nothing is changed. */
  insteadOf: Id.nullable(),
});
export type PromotionDraft = z.infer<typeof PromotionDraft>;

export const ModelChange = z.strictObject({
  /** Null: it goes by what it is made of again. */
  name: Name.nullable().optional(),
  archived: z.boolean().optional(),
});
export type ModelChange = z.infer<typeof ModelChange>;

export const ModelFileView = z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() });
export type ModelFileView = z.infer<typeof ModelFileView>;

export const ModelReviewQuery = z.strictObject({ projectId: Id.optional() });

/** All that says whether a model is better than the one in use, and what there is to do about it. */
export const ModelReviewView = z.object({
  model: ModelVersionView,
  files: z.array(ModelFileView),
  /** The project that is asked about; null for a model of the workspace where none was named. */
  project: z.object({ id: Id, name: z.string(), archived: z.boolean() }).nullable(),
  /** Projects that it could be used in. */
  projects: z.array(z.object({ id: Id, name: z.string() })),
  /** What the project uses; without a decision of anybody's, the newest. */
  inUse: z.object({ model: ModelVersionView, promotion: PromotionView.nullable() }).nullable(),
  /** To which one would go back from what is in use. */
  former: ModelName.nullable(),
  /** What this model is held against: the one in use, or of that one the one before. */
  against: ModelVersionView.nullable(),
  /** The newest blind comparison of the two, whichever of them is its candidate. */
  comparison: EvaluationView.nullable(),
  /** Newest first, at most 50. */
  history: z.array(PromotionView),
});
export type ModelReviewView = z.infer<typeof ModelReviewView>;

/** What keeps a model from being deleted. */
export const ModelDependants = z.object({
  /** Projects that use it. */
  usedIn: z.array(Dependant),
  /** Trained from it, or against it as their reward model. */
  models: z.array(DependentModel),
  /** Runs that read it and are under way. */
  runs: z.array(DependentRun),
  evaluations: z.array(DependentEvaluation),
  /** Frozen sets that hold judgements of its answers; `going` counts these. */
  labelSets: z.array(DependentLabelSet),
  /** Projects with answers that it wrote, and how many. */
  answers: z.array(Dependant.extend({ count: z.number().int() })),
  /** Whether none of these is there. */
  free: z.boolean(),
});
export type ModelDependants = z.infer<typeof ModelDependants>;
