import { alone, byTheFirst, type Team } from "../parallel/team.ts";
import type { TrainerRequest } from "../training/request.ts";
import { openScorer } from "./open-scorer.ts";
import type { RewardScorer } from "./reward-scorer.ts";

/**
 * What scores a run's answers: its rule where it was given one, else its reward model.
 * @throws TrainingError `wrong_model` if it has neither
 */
export function scorerFor({
  judge,
  models,
  engine,
  team = alone,
}: Pick<TrainerRequest, "judge" | "models" | "engine"> & { readonly team?: Team }): RewardScorer {
  if (!judge) return openScorer(engine, models.reward, { team });
  return {
    async score(items) {
      const scores = await byTheFirst(team, () => judge.score(items));
      return scores.map((score) => ({ score, normalised: score, truncated: false }));
    },
    dispose: () => undefined,
  };
}
