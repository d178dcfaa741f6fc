import { z } from "zod";
import { ItemSelection } from "./browse.ts";
import {
  ConfirmedByName,
  Dependant,
  DependentEvaluation,
  DependentLabelSet,
  DependentModel,
  DependentRun,
} from "./dependants.ts";
import { Id, Timestamp } from "./scalars.ts";

/** How much goes with a project, or with prompts of one. */
export const DeletedCounts = z.object({
  prompts: z.number().int(),
  answers: z.number().int(),
  tasks: z.number().int(),
  /** Answers that people gave, corrected and taken back ones, surplus ones and repeats among them. */
  judgements: z.number().int(),
  /** Who made these. */
  people: z.number().int(),
  /** Tasks that lie on somebody's desk now: they are withdrawn. */
  held: z.number().int(),
  /** Questions that people asked about them. */
  inquiries: z.number().int(),
  /** Pictures and sounds that nothing else shows. */
  media: z.number().int(),
  // Of a project alone
  guidelines: z.number().int(),
  imports: z.number().int(),
  exports: z.number().int(),
  views: z.number().int(),
  schedules: z.number().int(),
  links: z.number().int(),
  /** People whom an open link led to this project and to no other: they see none then. */
  onlyHere: z.number().int(),
});
export type DeletedCounts = z.infer<typeof DeletedCounts>;

/** All that depends on a project, or on prompts of one, before any of it is deleted. */
export const Dependants = z.object({
  project: Dependant,
  counts: DeletedCounts,
  /** Selected items of which nothing more is there, and items beside the selected ones that ask about the same prompts. */
  gone: z.number().int(),
  further: z.number().int(),
  /** Frozen sets with how much they held and how much of it goes: of prompts they stay, with what they keep. */
  labelSets: z.array(DependentLabelSet),
  /** Runs of the project: they go with it. Runs that have read labels of prompts stay. */
  runs: z.array(DependentRun),
  /** Models that were trained from it: they stay, and say that what they were trained on is deleted. */
  models: z.array(DependentModel),
  /** Evaluations: they go with a project, and of prompts they lose these pairs. */
  evaluations: z.array(DependentEvaluation.extend({ tasks: z.number().int() })),
  /** Stands for all that is named here but what people do meanwhile; a deletion names it, and one of another state is refused. */
  stamp: z.string(),
});
export type Dependants = z.infer<typeof Dependants>;

/** A deletion that goes on, and how far it is. */
export const DeletionView = z.object({
  id: Id,
  projectId: Id,
  kind: z.enum(["project", "prompts"]),
  /** The project's. */
  name: z.string(),
  counts: DeletedCounts,
  /** Of its tasks, how many are gone. */
  removed: z.number().int(),
  by: z.string().nullable(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
});
export type DeletionView = z.infer<typeof DeletionView>;

export const ProjectDeletionDraft = ConfirmedByName;
export type ProjectDeletionDraft = z.infer<typeof ProjectDeletionDraft>;

/** As a preview it only says what depends on them; to delete them it names how many prompts that were, and the stamp. */
export const PromptsDeletionDraft = z.strictObject({
  selection: ItemSelection,
  preview: z.boolean().default(false),
  prompts: z.number().int().min(1).optional(),
  stamp: z.string().min(1).max(100).optional(),
});
export type PromptsDeletionDraft = z.infer<typeof PromptsDeletionDraft>;
