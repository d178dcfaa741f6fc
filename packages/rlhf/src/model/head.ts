import { RewardEnsemble } from "@touchstone/contracts";
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

/** How an answer's writing enters the reward: what each feature of it is standardised by. */
const SurfaceTerm = z.strictObject({
  features: z
    .array(z.strictObject({ name: z.string().max(100), mean: z.number(), standardDeviation: z.number().positive() }))
    .min(1)
    .max(64),
});
export type SurfaceTerm = z.infer<typeof SurfaceTerm>;

/** A part of the reward with a head of its own: reward = Σ weight · (offset + scale · raw), over the aspects. */
const Aspect = z.strictObject({ name: z.string().min(1).max(100), weight: z.number(), offset: z.number() });
export type Aspect = z.infer<typeof Aspect>;

/** How members become one score. `centres` are their mean raw rewards on the reference set, which are told apart by nothing. */
const Ensemble = RewardEnsemble.extend({ centres: z.array(z.number()) }).refine(
  ({ members, centres }) => centres.length === members,
  "an ensemble has a centre for each member",
);
export type Ensemble = z.infer<typeof Ensemble>;

/**
 * What sits on the decoder's last layer. Stored in config.json under `touchstone`, so that a reloaded head gives the
 * same scores.
 */
export const Head = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("lm") }),
  z.strictObject({
    kind: z.literal("reward"),
    objective: z.enum([
      "bradley-terry",
      "ordered-logit",
      "davidson",
      "rao-kupper",
      "plackett-luce",
      "squared-error",
      "combined",
      "per-aspect",
    ]),
    likelihood: LikelihoodTerm.optional(),
    lexical: LexicalTerm.optional(),
    surface: SurfaceTerm.optional(),
    aspects: z.array(Aspect).min(1).max(64).optional(),
    ensemble: Ensemble.optional(),
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
