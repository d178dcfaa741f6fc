import { z } from "zod";
import { TrainingErrorCode } from "../training/errors.ts";

/** Figures and names that a sentence is made with. */
export const SentenceValues = z.record(z.string(), z.union([z.string(), z.number()]));
export type SentenceValues = z.infer<typeof SentenceValues>;

/** What a run can have to say of itself. Pages have a sentence for each in every language. */
export const RunFactCode = z.enum([
  "pretrained_on",
  "trained_on",
  "trained_on_fitting",
  "identical_answers",
  "media_left_out",
  "tools_left_out",
  "judgements_left_out",
  "test_rows_kept",
  "margins_learned",
  "unread_margins",
  "kto_sides",
  "frozen_recipe",
  "frozen_lead",
  "answers_cut",
  "prompts_cut",
  "prompts_without_room",
  "prompts_in_two_splits",
  "rewards_not_read",
  "fresh_answers",
  "no_labels_held_out",
  "no_prompts_held_out",
  "equal_rewards",
  "exploding_kl",
  "collapsed_entropy",
  "reward_by_length",
  "falling_chosen",
  "tight_memory",
  "stopped_early",
  "best_weights",
  "nothing_to_stop_by",
  "other_engine",
  "left_to_people",
  "passed_by",
  "fewer_judgements",
  "endpoint_lost",
  "endpoint_failed",
  "endpoint_stopped",
  "endpoint_budget",
  "endpoint_cut",
  "best_of",
  "self_named",
  "self_named_asked",
  "model_read",
  "gguf_read",
  "context_cut",
  "adapter_read",
  "template_dated",
  "files_left_aside",
  "self_named_learned",
]);
export type RunFactCode = z.infer<typeof RunFactCode>;

/** A warning wants somebody's eye; a note is only good to know. */
export const RunFact = z.object({
  code: RunFactCode,
  level: z.enum(["note", "warning"]),
  values: SentenceValues,
});
export type RunFact = z.infer<typeof RunFact>;

/**
 * A fact pinned to the step at which it arose. `message` is the sentence in English, for logs and for pages that do not
 * know the code; without a code it is all there is.
 */
export const RunAlert = z.object({
  step: z.number().int(),
  message: z.string(),
  level: RunFact.shape.level.default("note"),
  // Not the enumeration: a worker of a newer version may know more than this one.
  code: z.string().nullable().default(null),
  values: SentenceValues.default({}),
});
export type RunAlert = z.infer<typeof RunAlert>;

/** Why a run can end without success: what the trainer says, and what comes before it. */
export const RunErrorCode = z.enum([
  ...TrainingErrorCode.options,
  "no_prompts",
  "no_test_prompts",
  "no_hidden_utility",
  "predecessor_failed",
  "endpoint",
  "internal",
]);

/**
 * Why a run ended without success: a code, the sentence in English, and what a translated one is made with. Where the code
 * stands for several things, the reason (one of `trainingReasons`; absent from runs of before it was kept) says which.
 */
export const RunError = z.object({
  code: z.string(),
  message: z.string(),
  reason: z.string().optional(),
  values: SentenceValues.default({}),
});
export type RunError = z.infer<typeof RunError>;

/** Why an engine that would have been faster was not taken. */
const PassedOver = z.object({
  engine: z.string(),
  why: z.enum(["not_asked_for", "not_installed", "not_built", "broken_library", "did_not_start", "no_gpu"]),
  /** What the machine said, in its own words. */
  detail: z.string().default(""),
});

/** Which engine runs and why, and the fingerprint under which equal seeds give equal bits. */
export const RunEngine = z.object({
  backend: z.string(),
  /** The whole choice in English. */
  reason: z.string(),
  fingerprint: z.string(),
  passedOver: z.array(PassedOver).nullable().default(null),
});
export type RunEngine = z.infer<typeof RunEngine>;
