import { z } from "zod";
import { ModelConfig } from "./model-config.ts";
import { optimisation } from "./optimisation.ts";

/** Ids of our own tokenizers have 16 bits. */
const mostLearned = 65_536;

/** Next-token prediction on raw texts. Without a policy to start from, it trains a tokenizer and a fresh model. */
export const PretrainSpec = z.strictObject({
  trainer: z.literal("pretrain"),
  ...optimisation,
  steps: z.number().int().min(1).max(1_000_000).default(1_000),
  batchSize: optimisation.batchSize.default(32),
  learningRate: optimisation.learningRate.default(3e-3),
  model: ModelConfig.refine(({ vocab }) => vocab <= mostLearned, {
    error: `vocab must be at most ${mostLearned}: a tokenizer of ours learns no more pieces`,
    path: ["vocab"],
  })
    .prefault({})
    .describe("Shape of a fresh model; `vocab` caps the pieces its tokenizer learns."),
  heldOut: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.02)
    .describe("Share of the texts kept for evaluation, unless others are."),
  windows: z
    .enum(["packed", "best-fit", "random"])
    .optional()
    .describe(
      "Left out: packed, each window once an epoch. best-fit cuts no text that fits. random draws any stretch, as nanoGPT does.",
    ),
});
export type PretrainSpec = z.infer<typeof PretrainSpec>;
