import type { Engine } from "@touchstone/engine";
import type { Files } from "../model/files.ts";
import { neededReward } from "../model/needed-models.ts";
import { type AnswerScore, type Combination, openRewardScorer, type ScoredItem } from "./reward-scorer.ts";

/**
 * Scores answers with a reward model, one score an item in the same order.
 * @throws TrainingError `bad_model_files`, `wrong_model`, `cancelled`
 */
export async function scoreCompletions(request: {
  readonly engine: Pick<Engine, "tf">;
  readonly reward: Files;
  readonly items: readonly ScoredItem[];
  /** For an ensemble that is to be combined otherwise than its model says. */
  readonly combination?: Combination | undefined;
  readonly signal?: AbortSignal;
}): Promise<AnswerScore[]> {
  const scorer = openRewardScorer(request.engine.tf, neededReward(request.reward), {
    combination: request.combination,
  });
  try {
    return await scorer.score(request.items, request.signal);
  } finally {
    scorer.dispose();
  }
}
