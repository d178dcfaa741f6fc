import { z } from "zod";
import { optimisation } from "./optimisation.ts";

/** L = −log σ(r_w − r_l) on comparisons (Bradley and Terry 1952), a tie counted as half a win for each side. */
export const BradleyTerryObjective = z.strictObject({
  kind: z.literal("bradley-terry"),
  labelNoise: z.number().min(0).lt(0.5).default(0.05).describe("ε of cDPO: the share of wins believed to be slips."),
  centring: z.number().min(0).default(0.01).describe("Coefficient of mean((r_a + r_b)²), which pins the free offset."),
  bothBad: z
    .number()
    .min(0)
    .default(0.1)
    .describe("Weight of −log σ(−r) on each answer of a pair judged “both bad”, beside its tie."),
});
export type BradleyTerryObjective = z.infer<typeof BradleyTerryObjective>;

/** Squared error on 1–5 ratings, annotators as shrunken random effects (bias and scale) of the training split. */
export const SquaredErrorObjective = z.strictObject({
  kind: z.literal("squared-error"),
  annotatorEffects: z.boolean().default(true),
  bothBad: z.number().min(0).default(0.25).describe("Weight of the lowest score for answers judged “both bad”."),
});
export type SquaredErrorObjective = z.infer<typeof SquaredErrorObjective>;

/** A reward model from people's judgements, its body taken from a policy. */
export const RewardSpec = z.strictObject({
  trainer: z.literal("reward"),
  ...optimisation,
  learningRate: optimisation.learningRate.default(2e-4),
  objective: z
    .discriminatedUnion("kind", [BradleyTerryObjective, SquaredErrorObjective])
    .prefault({ kind: "bradley-terry" }),
  likelihood: z
    .number()
    .min(0)
    .default(1)
    .describe(
      "Weight of the answer's standardised mean log-likelihood (SimPO's implicit reward) beside the scalar head.",
    ),
  lexicalBuckets: z
    .number()
    .int()
    .min(0)
    .max(1_048_576)
    .default(0)
    .describe("Size of the hashed bag of words beside the network, with a weight for length; 0 leaves it out."),
  freezeBody: z
    .boolean()
    .default(false)
    .describe("Train the head alone: sounder where the labels are few or the language model is weak."),
  epochs: z.number().positive().max(100).default(1).describe("About one: reward models overfit at once."),
  minimumLabels: z.number().int().min(1).default(32).describe("Fewer usable labels than this and the run refuses."),
});
export type RewardSpec = z.infer<typeof RewardSpec>;
