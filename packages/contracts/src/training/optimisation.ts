import { z } from "zod";

/** What every trainer's loop is set by. */
export const optimisation = {
  /** Sequences (or pairs, for comparisons) an update sees; split into `accumulate` equal parts to save memory. */
  batchSize: z.number().int().min(1).max(1_024).default(16),
  accumulate: z.number().int().min(1).max(64).default(1),
  learningRate: z.number().positive().max(1).default(1e-3).describe("Peak; linear warm-up, then a cosine."),
  warmup: z.number().min(0).max(1).default(0.05).describe("Share of the steps spent warming up."),
  finalLearningRate: z.number().min(0).max(1).default(0.1).describe("Share of the peak that is left at the end."),
  weightDecay: z.number().min(0).max(1).default(0.01),
  clipNorm: z.number().positive().default(1).describe("Largest global gradient norm."),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  evaluateEvery: z.number().int().min(1).default(50).describe("Steps between looks at the held-out split."),
  checkpointEvery: z.number().int().min(1).default(50).describe("Steps between checkpoints."),
};

export const evaluationPrompts = z
  .number()
  .int()
  .min(1)
  .max(512)
  .default(32)
  .describe("Held-out prompts on which reward and KL are measured; the same ones throughout.");
