import type { Preset } from "../entities/learning.ts";
import { IlqlSpec } from "./ilql.ts";
import { RlooSpec } from "./on-policy.ts";
import { RewardSpec } from "./reward.ts";

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
