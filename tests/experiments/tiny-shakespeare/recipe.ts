import type { PretrainSpec } from "@touchstone/contracts";
import type { z } from "zod";

/**
 * nanoGPT's published setting for a processor without GPU (its README, "i only have a macbook"): GPT-2 style without
 * biases and dropout. 262 pieces are single bytes, and so single characters, the text being ASCII. beta2 and the rates are
 * those of its configuration for this corpus: 100 steps of warm-up, then a cosine to a tenth.
 */
export const recipe = {
  steps: 2_000,
  batchSize: 12,
  learningRate: 1e-3,
  warmup: 0.05,
  finalLearningRate: 0.1,
  beta2: 0.99,
  weightDecay: 0.1,
  clipNorm: 1,
  evaluateEvery: 250,
  checkpointEvery: 2_000,
  windows: "random",
  model: {
    vocab: 262,
    context: 64,
    layers: 4,
    heads: 4,
    kvHeads: 4,
    width: 128,
    hidden: 512,
    norm: "layernorm",
    positions: "learned",
    feedForward: "gelu",
  },
} satisfies Omit<z.input<typeof PretrainSpec>, "trainer">;
