import { z } from "zod";
import { optimisation } from "./optimisation.ts";

/** What all objectives on comparisons share beside their likelihood. */
const pairwise = {
  centring: z.number().min(0).default(0.01).describe("Coefficient of mean((r_a + r_b)²), which pins the free offset."),
  bothBad: z
    .number()
    .min(0)
    .default(0.1)
    .describe("Weight of −log σ(−r) on each answer of a pair judged “both bad”, beside its tie."),
};

/**
 * L = −log σ(r_w − r_l) on comparisons (Bradley and Terry 1952), a tie counted as half a win for each side; of a comparison with
 * a margin, −log σ(r_w − r_l − margin).
 */
export const BradleyTerryObjective = z.strictObject({
  kind: z.literal("bradley-terry"),
  labelNoise: z.number().min(0).lt(0.5).default(0.05).describe("ε of cDPO: the share of wins believed to be slips."),
  // No default is filled in: specs from before margins were read keep their hashes.
  margins: z
    .boolean()
    .optional()
    .describe("Learn the column “margin” as TRL does, −log σ(r_w − r_l − margin); left out: where rows have it."),
  ...pairwise,
});
export type BradleyTerryObjective = z.infer<typeof BradleyTerryObjective>;

/** Squared error on 1–5 ratings, annotators as shrunken random effects (bias and scale) of the training split. */
export const SquaredErrorObjective = z.strictObject({
  kind: z.literal("squared-error"),
  annotatorEffects: z.boolean().default(true),
  bothBad: z.number().min(0).default(0.25).describe("Weight of the lowest score for answers judged “both bad”."),
});
export type SquaredErrorObjective = z.infer<typeof SquaredErrorObjective>;

/**
 * Adam's steps are as long as the learning rate, whatever the gradient; at a network's small one thresholds would stay where
 * they began.
 */
const likelihoodRate = z
  .number()
  .positive()
  .max(1)
  .default(0.02)
  .describe("Learning rate of the likelihood's own parameters (thresholds, ν, θ), on the axis of the rewards.");

/** All seven steps: an ordered logit on r_a − r_b (McCullagh 1980), with annotators' thresholds and a position term. */
export const OrderedLogitObjective = z.strictObject({
  kind: z.literal("ordered-logit"),
  ...pairwise,
  likelihoodRate,
  annotators: z
    .number()
    .min(0)
    .max(10)
    .default(0.5)
    .describe(
      "Prior deviation of an annotator's thresholds (in logs) and position term from the common ones; 0: all alike.",
    ),
  position: z
    .boolean()
    .default(true)
    .describe("Fit the habit of choosing what stood first, where answers stood on both sides."),
});
export type OrderedLogitObjective = z.infer<typeof OrderedLogitObjective>;

/** Win, tie or loss, ties with a probability of their own (Davidson 1970). */
export const DavidsonObjective = z.strictObject({
  kind: z.literal("davidson"),
  ...pairwise,
  likelihoodRate,
  nu: z.number().positive().optional().describe("Prevalence of ties; fitted where it is left out."),
});
export type DavidsonObjective = z.infer<typeof DavidsonObjective>;

/** Win, tie or loss, a tie where the difference is too small to be seen (Rao and Kupper 1967). */
export const RaoKupperObjective = z.strictObject({
  kind: z.literal("rao-kupper"),
  ...pairwise,
  likelihoodRate,
  theta: z.number().gt(1).optional().describe("Width of the band without a visible difference; fitted where left out."),
});
export type RaoKupperObjective = z.infer<typeof RaoKupperObjective>;

/** Whole rankings, a comparison being one of two answers (Plackett 1975); ties as in Davidson–Luce (Firth et al. 2019). */
export const PlackettLuceObjective = z.strictObject({
  kind: z.literal("plackett-luce"),
  likelihoodRate,
});
export type PlackettLuceObjective = z.infer<typeof PlackettLuceObjective>;

/** λ·MSE + (1 − λ)·BT, ratings being a learned scale and offset of the reward: they fix the level that BT leaves free. */
export const CombinedObjective = z.strictObject({
  kind: z.literal("combined"),
  lambda: z.number().gt(0).lt(1).default(0.5).describe("λ, the share of the ratings' squared error in the loss."),
  labelNoise: BradleyTerryObjective.shape.labelNoise,
  annotatorEffects: SquaredErrorObjective.shape.annotatorEffects,
  bothBad: SquaredErrorObjective.shape.bothBad,
  likelihoodRate,
});
export type CombinedObjective = z.infer<typeof CombinedObjective>;

/** A head an aspect, each by squared error on the ratings of that aspect; the reward is their weighted sum. */
export const PerAspectObjective = z.strictObject({
  kind: z.literal("per-aspect"),
  annotatorEffects: SquaredErrorObjective.shape.annotatorEffects,
  weights: z
    .record(z.string().min(1).max(100), z.number())
    .default({})
    .describe("w of r = Σ w·r_aspect; where none is given, every aspect counts the same and the weights sum to 1."),
});
export type PerAspectObjective = z.infer<typeof PerAspectObjective>;

export const RewardObjective = z.discriminatedUnion("kind", [
  BradleyTerryObjective,
  OrderedLogitObjective,
  DavidsonObjective,
  RaoKupperObjective,
  PlackettLuceObjective,
  SquaredErrorObjective,
  CombinedObjective,
  PerAspectObjective,
]);
export type RewardObjective = z.infer<typeof RewardObjective>;

/** Several reward models in one, whose disagreement on r_a − r_b says how little is known of a pair. */
export const RewardEnsemble = z.strictObject({
  members: z.number().int().min(2).max(16).default(4).describe("4 or 5 are usual; each costs as much as one model."),
  body: z
    .enum(["shared", "own"])
    .default("shared")
    .describe("Members share the decoder and have heads of their own, or are whole models."),
  combine: z
    .enum(["mean", "worst", "penalised"])
    .default("mean")
    .describe("Score: the members' mean, their minimum (WCO), or mean − penalty · variance (UWO)."),
  penalty: z.number().min(0).default(0.5).describe("λ of the penalised score."),
});
export type RewardEnsemble = z.infer<typeof RewardEnsemble>;

/**
 * A head on what a language model makes of answers as it is: its states and likelihoods, how they are written and their words. It
 * is fitted in closed steps, so that of the other settings only `minimumLabels` is read.
 */
export const FrozenFeatures = z.strictObject({
  context: z
    .number()
    .int()
    .min(16)
    .max(4_096)
    .default(512)
    .describe("Frozen features: tokens of an answer and the end of its prompt that the model reads at most."),
  folds: z
    .number()
    .int()
    .min(2)
    .max(10)
    .default(5)
    .describe("Frozen features: parts of the prompts that are left out in turn to choose among recipes."),
});
export type FrozenFeatures = z.infer<typeof FrozenFeatures>;

/** A reward model from people's judgements, its body taken from a policy. */
export const RewardSpec = z.strictObject({
  trainer: z.literal("reward"),
  ...optimisation,
  learningRate: optimisation.learningRate.default(2e-4),
  objective: RewardObjective.prefault({ kind: "bradley-terry" }),
  ensemble: RewardEnsemble.optional(),
  // Left out: a network that is trained, as ever. Specs from before keep their hashes.
  frozen: FrozenFeatures.optional(),
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
  surface: z
    .boolean()
    .optional()
    .describe(
      "A weight for each of ten measures of how an answer is written: lengths, sentences, long words, capitals.",
    ),
  freezeBody: z
    .boolean()
    .default(false)
    .describe("Train the head alone: sounder where the labels are few or the language model is weak."),
  epochs: z.number().positive().max(100).default(1).describe("About one: reward models overfit at once."),
  minimumLabels: z.number().int().min(1).default(32).describe("Fewer usable labels than this and the run refuses."),
});
export type RewardSpec = z.infer<typeof RewardSpec>;
