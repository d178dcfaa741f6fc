import { z } from "zod";

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
