import { z } from "zod";
import { evaluationPrompts, missingEosPenalty, optimisation } from "./optimisation.ts";
import { SamplingOptions } from "./sampling.ts";

/** What trainers share that learn from their own fresh answers. */
const onPolicy = {
  ...optimisation,
  steps: z.number().int().min(1).max(100_000).default(100).describe("Batches of fresh answers."),
  batchSize: optimisation.batchSize.default(8).describe("Prompts a batch of answers is drawn for."),
  learningRate: optimisation.learningRate.default(5e-4),
  weightDecay: optimisation.weightDecay.default(0),
  beta: z.number().min(0).default(0.05).describe("Reward given up per nat of KL to the reference."),
  maxNewTokens: SamplingOptions.shape.maxNewTokens,
  missingEosPenalty,
  evaluationPrompts,
};
const samplesPerPrompt = z.number().int().min(2).max(64).default(8);

/** REINFORCE with a leave-one-out baseline (Ahmadian et al. 2024), the k1 estimate of the KL inside the reward. */
export const RlooSpec = z.strictObject({ trainer: z.literal("rloo"), ...onPolicy, samplesPerPrompt });
export type RlooSpec = z.infer<typeof RlooSpec>;

/** Group-relative policy optimisation (Shao et al. 2024), one update a batch; the k1 estimate of the KL inside the reward. */
export const GrpoSpec = z.strictObject({
  trainer: z.literal("grpo"),
  ...onPolicy,
  samplesPerPrompt,
  scaled: z
    .boolean()
    .default(true)
    .describe("Divide by the group's deviation and each answer's length; false is Dr. GRPO, free of both biases."),
});
export type GrpoSpec = z.infer<typeof GrpoSpec>;

/** Proximal policy optimisation (Schulman et al. 2017; Ziegler et al. 2019): a critic, and several updates a batch. */
export const PpoSpec = z.strictObject({
  trainer: z.literal("ppo"),
  ...onPolicy,
  batchSize: onPolicy.batchSize.default(32),
  epochs: z.number().int().min(1).max(16).default(4).describe("Passes over each batch of answers."),
  minibatches: z.number().int().min(1).max(64).default(1).describe("Updates a pass."),
  gamma: z.number().gt(0).max(1).default(1),
  lambda: z.number().min(0).max(1).default(0.95).describe("λ of the generalised advantage estimate."),
  clip: z.number().gt(0).max(1).default(0.2).describe("How far the ratio may leave 1 before the gradient stops."),
  valueClip: z.number().gt(0).max(100).default(0.2),
  valueWeight: z.number().min(0).max(100).default(0.1),
  adaptive: z
    .strictObject({
      target: z.number().positive().describe("KL aimed at, in nats a completion."),
      horizon: z.number().int().min(1).default(10_000).describe("Answers over which β may grow or shrink by a fifth."),
    })
    .optional()
    .describe("Lets β follow the KL (Ziegler et al. 2019, §2.2); left out, β stays."),
});
export type PpoSpec = z.infer<typeof PpoSpec>;
