import { z } from "zod";
import type { Preset } from "./entities/learning.ts";

/**
 * What a training run is asked to do. Page, API, worker and command line share these specs; every field has a
 * default that suits a model of about half a million parameters on two cores, so `{ trainer: "rloo" }` is complete.
 */

const modelShape = {
  vocab: z.number().int().min(262).max(65_536).default(1_024).describe("Pieces: 6 special, 256 bytes, then merges."),
  context: z.number().int().min(8).max(4_096).default(128).describe("Longest sequence, in tokens."),
  layers: z.number().int().min(1).max(64).default(4),
  heads: z.number().int().min(1).max(64).default(4),
  kvHeads: z.number().int().min(1).max(64).default(4).describe("Key/value heads; each serves heads/kvHeads queries."),
  width: z.number().int().min(4).max(4_096).default(96),
  hidden: z.number().int().min(4).max(16_384).default(256).describe("Width of the SwiGLU layer."),
  norm: z.literal("rmsnorm").default("rmsnorm"),
  normEpsilon: z.number().positive().max(1e-2).default(1e-5),
  ropeTheta: z.number().positive().default(10_000),
  tied: z.boolean().default(true).describe("Output projection shares the embedding."),
};

/** A Llama-style decoder: RMSNorm, rotary positions, SwiGLU, grouped-query attention. Sizes are counts of units. */
export const ModelConfig = z
  .strictObject(modelShape)
  .refine(
    (c) => c.width % (2 * c.heads) === 0,
    "width must be a multiple of twice the heads (rotary positions pair up)",
  )
  .refine((c) => c.heads % c.kvHeads === 0, "heads must be a multiple of kvHeads");
export type ModelConfig = z.infer<typeof ModelConfig>;

/** Tokens drawn from a policy. `topK` 0 and `topP` 1 leave the distribution whole. */
export const SamplingOptions = z.strictObject({
  temperature: z.number().min(0).max(5).default(0.8).describe("0 takes the likeliest token."),
  topK: z.number().int().min(0).default(0),
  topP: z.number().gt(0).max(1).default(1),
  maxNewTokens: z.number().int().min(1).max(4_096).default(48),
  advantageWeight: z
    .number()
    .min(0)
    .optional()
    .describe("ILQL policies only: β in softmax(log π + β(Q̄ − V)); left out, the β the policy was trained for."),
});
export type SamplingOptions = z.infer<typeof SamplingOptions>;

const optimisation = {
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
};

const evaluationPrompts = z
  .number()
  .int()
  .min(1)
  .max(512)
  .default(32)
  .describe("Held-out prompts on which reward and KL are measured; the same ones throughout.");

/** Next-token prediction on raw texts. Without a policy to start from, it trains a tokenizer and a fresh model. */
export const PretrainSpec = z.strictObject({
  trainer: z.literal("pretrain"),
  ...optimisation,
  steps: z.number().int().min(1).max(1_000_000).default(1_000),
  batchSize: optimisation.batchSize.default(32),
  learningRate: optimisation.learningRate.default(3e-3),
  model: ModelConfig.prefault({}).describe("Shape of a fresh model; `vocab` caps the pieces its tokenizer learns."),
  heldOut: z.number().min(0).max(0.5).default(0.02).describe("Share of the texts kept for evaluation."),
});
export type PretrainSpec = z.infer<typeof PretrainSpec>;

/** Supervised fine-tuning: cross-entropy on the answer's tokens and its end, not on the prompt. */
export const SftSpec = z.strictObject({
  trainer: z.literal("sft"),
  ...optimisation,
  epochs: z.number().positive().max(100).default(3),
});
export type SftSpec = z.infer<typeof SftSpec>;

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
  missingEosPenalty: z
    .number()
    .min(0)
    .max(100)
    .default(1)
    .describe("Taken off the reward of a fresh answer that never ends."),
  evaluationPrompts,
  minimumLabels: z.number().int().min(1).default(32),
});
export type IlqlSpec = z.infer<typeof IlqlSpec>;

/** What trainers share that learn from their own fresh answers. */
const onPolicy = {
  ...optimisation,
  steps: z.number().int().min(1).max(100_000).default(100).describe("Batches of fresh answers."),
  batchSize: optimisation.batchSize.default(8).describe("Prompts a batch of answers is drawn for."),
  learningRate: optimisation.learningRate.default(5e-4),
  weightDecay: optimisation.weightDecay.default(0),
  beta: z.number().min(0).default(0.05).describe("Reward given up per nat of KL to the reference."),
  maxNewTokens: SamplingOptions.shape.maxNewTokens,
  missingEosPenalty: z
    .number()
    .min(0)
    .max(100)
    .default(1)
    .describe("Taken off the reward of an answer that never ends."),
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
    desirable: z.number().min(0).max(100).default(1).describe("Weight of the answers that won."),
    undesirable: z.number().min(0).max(100).default(1).describe("Weight of those that lost, or were both bad."),
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

export const TrainingSpec = z.discriminatedUnion("trainer", [
  PretrainSpec,
  SftSpec,
  RewardSpec,
  IlqlSpec,
  RlooSpec,
  GrpoSpec,
  PpoSpec,
  DpoSpec,
]);
export type TrainingSpec = z.infer<typeof TrainingSpec>;
/** A spec as a person writes it, defaults left out. */
export type TrainingSpecInput = z.input<typeof TrainingSpec>;

/**
 * The two recipes of the loop. "article" is the recipe of the article that this project implements: regression on
 * 1–5 ratings as the model of human feedback, Q-learning as the policy's algorithm. "preference" is today's
 * usual one: Bradley–Terry on comparisons, then a critic-free policy gradient.
 */
export const loopPresets = {
  article: {
    reward: RewardSpec.parse({ trainer: "reward", objective: { kind: "squared-error" } }),
    policy: IlqlSpec.parse({ trainer: "ilql" }),
  },
  preference: {
    reward: RewardSpec.parse({ trainer: "reward", objective: { kind: "bradley-terry" } }),
    policy: RlooSpec.parse({ trainer: "rloo", steps: 150, learningRate: 5e-4 }),
  },
} satisfies Record<Preset, LoopPreset>;

export interface LoopPreset {
  readonly reward: RewardSpec;
  readonly policy: IlqlSpec | RlooSpec;
}

/** The same recipe with a tenth of the policy's training, looked at as often: to see the loop turn, not to gain by it. */
export function quickPreset({ reward, policy }: LoopPreset): LoopPreset {
  const tenth = (count: number) => Math.ceil(count / 10);
  const looks = { evaluateEvery: tenth(policy.evaluateEvery), checkpointEvery: tenth(policy.checkpointEvery) };
  return {
    reward,
    policy:
      policy.trainer === "rloo"
        ? { ...policy, ...looks, steps: tenth(policy.steps) }
        : { ...policy, ...looks, epochs: policy.epochs / 10 },
  };
}

/** Why a run was refused before its first step, or broke off; each comes with a sentence in plain words. */
export const TrainingErrorCode = z.enum([
  "too_few_labels",
  "one_class",
  "all_too_long",
  "wrong_model",
  "tokenizer_mismatch",
  "bad_model_files",
  "bad_checkpoint",
  "diverged",
  "cancelled",
]);
export type TrainingErrorCode = z.infer<typeof TrainingErrorCode>;
