import { z } from "zod";

/** How the answer's likelihood enters the reward: weight · (mean log-likelihood − mean) / standardDeviation. */
const LikelihoodTerm = z.strictObject({
  weight: z.number(),
  mean: z.number(),
  standardDeviation: z.number().positive(),
});
export type LikelihoodTerm = z.infer<typeof LikelihoodTerm>;

/** How the answer's words enter the reward: number of buckets, and what the logarithm of its length is standardised by. */
const LexicalTerm = z.strictObject({
  buckets: z.number().int().min(1).max(1_048_576),
  length: z.strictObject({ mean: z.number(), standardDeviation: z.number().positive() }),
});
export type LexicalTerm = z.infer<typeof LexicalTerm>;

/**
 * What sits on the decoder's last layer. Stored in config.json under `touchstone`, so that a reloaded head gives the
 * same scores.
 */
export const Head = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("lm") }),
  z.strictObject({
    kind: z.literal("reward"),
    objective: z.enum(["bradley-terry", "squared-error"]),
    likelihood: LikelihoodTerm.optional(),
    lexical: LexicalTerm.optional(),
    /** score = offset + scale · raw reward: squared error is trained on standardised ratings, reported on 1–5. */
    scale: z.number(),
    offset: z.number(),
    /** Mean and deviation of the scores on a named set of answers: a score is comparable only after it. */
    normalisation: z.strictObject({
      mean: z.number(),
      standardDeviation: z.number().positive(),
      referenceSet: z.string().max(200),
      answers: z.number().int().min(0),
    }),
  }),
  z.strictObject({
    kind: z.literal("ilql"),
    /** β at generation, unless the caller says otherwise. */
    advantageWeight: z.number().min(0),
  }),
]);
export type Head = z.infer<typeof Head>;
export type RewardHead = Extract<Head, { kind: "reward" }>;
