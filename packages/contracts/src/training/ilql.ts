import { z } from "zod";
import { evaluationPrompts, missingEosPenalty, optimisation } from "./optimisation.ts";
import { SamplingOptions } from "./sampling.ts";

/** Implicit language Q-learning (Snell et al. 2022) on judged and fresh answers, rewarded at their end by the reward model. */
export const IlqlSpec = z.strictObject({
  trainer: z.literal("ilql"),
  ...optimisation,
  epochs: z.number().positive().max(100).default(2),
  samplesPerPrompt: z
    .number()
    .int()
    .min(0)
    .max(64)
    .default(8)
    .describe(
      "Fresh answers to each training prompt, drawn from the starting policy; 0 learns from judged answers alone.",
    ),
  gamma: z.number().gt(0).max(1).default(0.99),
  lambda: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("Share of what the answer itself earned in the target of Q: 0 is Q-learning, 1 hears the end at once."),
  tau: z.number().gt(0).lt(1).default(0.7).describe("Expectile of V."),
  cql: z.number().min(0).default(0.1).describe("Weight of the conservative term, cross-entropy of the Q logits."),
  languageModel: z.number().min(0).default(1).describe("Weight of the language-model loss."),
  imitationSharpness: z
    .number()
    .min(0)
    .default(3)
    .describe("κ of the weights exp(κ(Q̄ − V)) in the language-model loss; 0 imitates all tokens alike."),
  polyak: z
    .number()
    .gt(0)
    .max(1)
    .default(0.05)
    .describe("Share by which the target heads move at each step; the published 0.005 is for thousands of steps."),
  advantageWeight: z.number().min(0).default(4).describe("β at generation: softmax(log π + β(Q̄ − V))."),
  maxNewTokens: SamplingOptions.shape.maxNewTokens,
  missingEosPenalty,
  evaluationPrompts,
  minimumLabels: z.number().int().min(1).default(32),
});
export type IlqlSpec = z.infer<typeof IlqlSpec>;
