import { neededReward } from "../model/needed-models.ts";
import type { TrainerRequest } from "../training/request.ts";
import { openRewardScorer, type RewardScorer } from "./reward-scorer.ts";

/**
 * What scores a run's answers: its rule where it was given one, else its reward model.
 * @throws TrainingError `wrong_model` if it has neither
 */
export function scorerFor({
  judge,
  models,
  engine,
}: Pick<TrainerRequest, "judge" | "models" | "engine">): RewardScorer {
  if (!judge) return openRewardScorer(engine.tf, neededReward(models.reward));
  return {
    async score(items) {
      const scores = await judge.score(items);
      return scores.map((score) => ({ score, normalised: score, truncated: false }));
    },
    dispose: () => undefined,
  };
}
