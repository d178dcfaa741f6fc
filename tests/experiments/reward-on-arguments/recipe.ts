import type { PretrainSpec, RewardSpec } from "@touchstone/contracts";
import type { z } from "zod";

/** Specs as a person writes them on the launch page: what is left out has the trainer's default. */
export interface Recipe {
  readonly seed: number;
  readonly pretrain: Partial<Omit<z.input<typeof PretrainSpec>, "trainer">>;
  readonly reward: Partial<Omit<z.input<typeof RewardSpec>, "trainer">>;
}

/**
 * Decided by looking at fold 0 alone. The practice model knows none of these words, so a small model of their own comes
 * first. The longest argument takes 200 of the 256 tokens with its prompt.
 */
export const recipe: Recipe = {
  seed: 1,
  pretrain: {
    steps: 60,
    batchSize: 16,
    learningRate: 4e-3,
    checkpointEvery: 60,
    model: { vocab: 2048, context: 256, layers: 2, width: 64, hidden: 160 },
  },
  reward: { likelihood: 0, batchSize: 32, epochs: 0.07, learningRate: 5e-4, checkpointEvery: 100 },
};
