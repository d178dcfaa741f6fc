import { z } from "zod";
import { evaluationPrompts, optimisation } from "./optimisation.ts";
import { SamplingOptions } from "./sampling.ts";

/** What direct preference optimisation makes of a comparison. */
export const DirectObjective = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("dpo"),
    beta: z.number().positive().max(10).default(0.1).describe("How dearly the KL to the reference is bought."),
    labelNoise: z.number().min(0).lt(0.5).default(0).describe("ε of cDPO: the share of wins believed to be slips."),
  }),
  z.strictObject({
    kind: z.literal("ipo"),
    tau: z.number().positive().max(10).default(0.1).describe("The margin aimed at is 1/(2τ), in nats a token."),
  }),
  z.strictObject({
    kind: z.literal("kto"),
    beta: z.number().positive().max(10).default(0.1),
    desirable: z.number().min(0).max(100).default(1).describe("Weight of the answers that won, or were labelled true."),
    undesirable: z
      .number()
      .min(0)
      .max(100)
      .default(1)
      .describe("Weight of those that lost, were both bad, or labelled false."),
  }),
]);
export type DirectObjective = z.infer<typeof DirectObjective>;

/** A policy from comparisons without a reward model between: DPO (Rafailov et al. 2023), IPO, KTO. */
export const DpoSpec = z.strictObject({
  trainer: z.literal("dpo"),
  ...optimisation,
  epochs: z.number().positive().max(100).default(1),
  learningRate: optimisation.learningRate.default(2e-4),
  weightDecay: optimisation.weightDecay.default(0),
  objective: DirectObjective.prefault({ kind: "dpo" }),
  maxNewTokens: SamplingOptions.shape.maxNewTokens,
  evaluationPrompts,
  minimumLabels: z.number().int().min(1).default(32),
});
export type DpoSpec = z.infer<typeof DpoSpec>;
