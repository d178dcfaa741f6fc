import { z } from "zod";

const modelShape = {
  vocab: z.number().int().min(262).max(65_536).default(1_024).describe("Pieces: 6 special, 256 bytes, then merges."),
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
};

/**
 * A decoder-only Transformer. The defaults are Llama's style: RMSNorm, rotary positions, SwiGLU, no biases; GPT-2's is
 * LayerNorm, learned positions, GELU and biases, and nanoGPT's may leave the biases out. Sizes are counts of units.
 */
export const ModelConfig = z
  .strictObject(modelShape)
  .refine((c) => c.width % (2 * c.heads) === 0, {
    error: "width must be a multiple of twice the heads (rotary positions pair up)",
    params: { code: "configWidthOfHeads" },
  })
  .refine((c) => c.heads % c.kvHeads === 0, {
    error: "heads must be a multiple of kvHeads",
    params: { code: "configSharedHeads" },
  });
export type ModelConfig = z.infer<typeof ModelConfig>;
