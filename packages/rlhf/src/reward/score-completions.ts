import type { Engine } from "@touchstone/engine";
import type { FeatureCache } from "../features/state-reader.ts";
import type { Files } from "../model/files.ts";
import { openScorer } from "./open-scorer.ts";
import type { AnswerScore, Combination, ScoredItem } from "./reward-scorer.ts";

/**
 * Scores answers with a reward model, one score an item in the same order.
 * @throws TrainingError `bad_model_files`, `wrong_model`, `cancelled`
 */
export async function scoreCompletions(request: {
  readonly engine: Pick<Engine, "tf" | "fingerprint">;
  readonly reward: Files;
  readonly items: readonly ScoredItem[];
  /** For an ensemble that is to be combined otherwise than its model says. */
  readonly combination?: Combination | undefined;
  /** For a head on frozen features: where what was computed of an answer is kept. */
  readonly features?: FeatureCache | undefined;
  readonly signal?: AbortSignal;
}): Promise<AnswerScore[]> {
  const scorer = openScorer(request.engine, request.reward, {
    combination: request.combination,
    features: request.features,
  });
  try {
    return await scorer.score(request.items, request.signal);
  } finally {
    scorer.dispose();
  }
}
