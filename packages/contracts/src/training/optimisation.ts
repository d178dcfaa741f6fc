import { z } from "zod";

/** Low-rank adaptation (Hu et al. 2021): W stays, (alpha/rank)·B·A is learned beside it. The names are those of PEFT. */
export const Lora = z.strictObject({
  rank: z.number().int().min(1).max(1_024).default(8).describe("r: rows of A and columns of B."),
  alpha: z.number().positive().max(4_096).default(16).describe("B·A is scaled by alpha/rank."),
  targets: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(64)
    .optional()
    .describe("Layers that are adapted, such as q_proj and v_proj; left out, all linear layers of attention and MLP."),
});
export type Lora = z.infer<typeof Lora>;

/** Ends a run whose held-out figure no longer improves, and publishes the weights of its best look. */
export const EarlyStopping = z.strictObject({
  patience: z.number().int().min(1).max(1_000).default(3).describe("Looks without improvement before the run stops."),
  metric: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("Held-out figure to go by, such as heldout.loss; left out, the trainer's own."),
  minimumGain: z.number().min(0).default(0).describe("What a look must be better by, in the figure's own unit."),
});
export type EarlyStopping = z.infer<typeof EarlyStopping>;

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
  earlyStopping: EarlyStopping.optional(),
  lora: Lora.optional(),
};

export const missingEosPenalty = z
  .number()
  .min(0)
  .max(100)
  .default(1)
  .describe("Taken off the reward of a fresh answer that never ends.");

export const evaluationPrompts = z
  .number()
  .int()
  .min(1)
  .max(512)
  .default(32)
  .describe("Held-out prompts on which reward and KL are measured; the same ones throughout.");
