import type { Engine } from "@touchstone/engine";
import { neededReward } from "../model/needed-models.ts";
import type { Files } from "../training/request.ts";
import { type AnswerScore, openRewardScorer, type ScoredItem } from "./reward-scorer.ts";

/**
 * Scores answers with a reward model, one score an item in the same order.
 * @throws TrainingError `bad_model_files`, `wrong_model`, `cancelled`
 */
export async function scoreCompletions(request: {
  readonly engine: Pick<Engine, "tf">;
  readonly reward: Files;
  readonly items: readonly ScoredItem[];
  readonly signal?: AbortSignal;
}): Promise<AnswerScore[]> {
  const scorer = openRewardScorer(request.engine.tf, neededReward(request.reward));
  try {
    return await scorer.score(request.items, request.signal);
  } finally {
    scorer.dispose();
  }
}
