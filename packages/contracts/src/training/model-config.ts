import { z } from "zod";

const Factor = z.number().min(1).max(1_024);

/**
 * How rotations are slowed for contexts longer than those of the pre-training. linear: all by the factor (Chen et al. 2023).
 * llama3: those by the factor whose waves are longer than originalContext/lowFrequencyFactor tokens, those not at all whose
 * waves are shorter than originalContext/highFrequencyFactor, and smoothly between them (Llama 3.1).
 */
export const RopeScaling = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("linear"), factor: Factor }),
  z
    .strictObject({
      type: z.literal("llama3"),
      factor: Factor,
      lowFrequencyFactor: z.number().positive().max(1_024),
      highFrequencyFactor: z.number().positive().max(1_024),
      originalContext: z.number().int().min(8).max(16_777_216),
    })
    .refine((scaling) => scaling.lowFrequencyFactor < scaling.highFrequencyFactor, {
      error: "lowFrequencyFactor must be less than highFrequencyFactor",
      path: ["lowFrequencyFactor"],
    }),
]);
export type RopeScaling = z.infer<typeof RopeScaling>;

/** Pieces of the largest vocabulary of a model of others: Qwen's 151,936 and Llama's 128,256 among them. */
const mostPieces = 262_144;

const modelShape = {
  vocab: z
    .number()
    .int()
    .min(262)
    .max(mostPieces)
    .default(1_024)
    .describe("Pieces: 6 special, 256 bytes, then merges."),
  context: z.number().int().min(8).max(4_096).default(128).describe("Longest sequence, in tokens."),
  layers: z.number().int().min(1).max(64).default(4),
  heads: z.number().int().min(1).max(64).default(4),
  kvHeads: z.number().int().min(1).max(64).default(4).describe("Key/value heads; each serves heads/kvHeads queries."),
  width: z.number().int().min(4).max(4_096).default(96),
  hidden: z.number().int().min(4).max(16_384).default(256).describe("Width of the feed-forward layer."),
  norm: z.enum(["rmsnorm", "layernorm"]).default("rmsnorm"),
  normEpsilon: z.number().positive().max(1e-2).default(1e-5),
  ropeTheta: z.number().positive().default(10_000).describe("Base of the rotary angles; learned positions have none."),
  tied: z.boolean().default(true).describe("Output projection shares the embedding."),
  // Left out, these three are Llama's, and no default is filled in: specs from before they existed keep their hashes.
  positions: z.enum(["rope", "learned"]).optional().describe("Left out: rope. GPT-2 learns a vector a position."),
  feedForward: z.enum(["swiglu", "gelu"]).optional().describe("Left out: swiglu. GPT-2's is gelu, by its tanh."),
  biases: z.boolean().optional().describe("In linear layers and LayerNorm, as GPT-2 has them; left out: none."),
  // Left out, what follows is not there: none of ours has it, models of others do.
  attentionBiases: z
    .enum(["qkv", "all"])
    .optional()
    .describe("Biases of attention alone: qkv, as Qwen2 has them, or of its output too."),
  headSize: z.number().int().min(2).max(512).multipleOf(2).optional().describe("Values a head; left out: width/heads."),
  headNorms: z.boolean().optional().describe("RMSNorm of each head's queries and keys, as Qwen3 has it."),
  ropeScaling: RopeScaling.optional().describe("Slower rotations, as Llama 3.1 has them."),
};

/**
 * A decoder-only Transformer. The defaults are Llama's style: RMSNorm, rotary positions, SwiGLU, no biases; GPT-2's is
 * LayerNorm, learned positions, GELU and biases, and nanoGPT's may leave the biases out. Qwen2's has biases of queries, keys and
 * values, Qwen3's norms of queries and keys and heads of a size of their own. Sizes are counts of units.
 */
export const ModelConfig = z
  .strictObject(modelShape)
  .refine((c) => c.headSize !== undefined || c.width % (2 * c.heads) === 0, {
    error: "width must be a multiple of twice the heads (rotary positions pair up)",
    params: { code: "configWidthOfHeads" },
  })
  .refine((c) => c.heads % c.kvHeads === 0, {
    error: "heads must be a multiple of kvHeads",
    params: { code: "configSharedHeads" },
  });
export type ModelConfig = z.infer<typeof ModelConfig>;
