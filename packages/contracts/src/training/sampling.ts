import { z } from "zod";

/** Tokens drawn from a policy. `topK` 0 and `topP` 1 leave the distribution whole. */
export const SamplingOptions = z.strictObject({
  temperature: z.number().min(0).max(5).default(0.8).describe("0 takes the likeliest token."),
  topK: z.number().int().min(0).default(0),
  topP: z.number().gt(0).max(1).default(1),
  maxNewTokens: z.number().int().min(1).max(4_096).default(48),
  stop: z
    .array(z.string().min(1).max(100))
    .max(8)
    .optional()
    .describe("Texts that end an answer as soon as it says one; they are no part of it."),
  advantageWeight: z
    .number()
    .min(0)
    .optional()
    .describe("ILQL policies only: β in softmax(log π + β(Q̄ − V)); left out, the β the policy was trained for."),
});
export type SamplingOptions = z.infer<typeof SamplingOptions>;
