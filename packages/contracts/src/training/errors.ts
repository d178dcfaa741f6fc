import { z } from "zod";

/** Why a run was refused before its first step, or broke off; each comes with a sentence in plain words. */
export const TrainingErrorCode = z.enum([
  "too_few_labels",
  "one_class",
  "all_too_long",
  "wrong_settings",
  "too_little_memory",
  "wrong_model",
  "tokenizer_mismatch",
  "bad_model_files",
  "bad_checkpoint",
  "diverged",
  "cancelled",
  "thread_lost",
  "worker_lost",
  "labels_erased",
  "disk_full",
]);
export type TrainingErrorCode = z.infer<typeof TrainingErrorCode>;
