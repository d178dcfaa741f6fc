import type { Engine } from "@touchstone/engine";
import { isFrozenModel, unpackFrozen } from "../features/frozen-model.ts";
import { openFrozenScorer } from "../features/frozen-scorer.ts";
import type { FeatureCache } from "../features/state-reader.ts";
import type { Files } from "../model/files.ts";
import type { RewardHead } from "../model/head.ts";
import { neededReward } from "../model/needed-models.ts";
import type { Team } from "../parallel/team.ts";
import { reasoned } from "../training-error.ts";
import { type Combination, openRewardScorer, type RewardScorer } from "./reward-scorer.ts";

/**
 * Any reward model inside the engine: a network with its head, or a head on frozen features.
 * @throws TrainingError `wrong_model`, `bad_model_files`
 */
export function openScorer(
  engine: Pick<Engine, "tf" | "fingerprint">,
  files: Files | undefined,
  options: {
    readonly combination?: Combination | undefined;
    readonly team?: Team | undefined;
    readonly features?: FeatureCache | undefined;
  } = {},
): RewardScorer {
  if (files && isFrozenModel(files)) return openFrozenScorer(engine, files, options.features);
  return openRewardScorer(engine.tf, neededReward(files), options);
}

/** How a reward model's scores are to be read. @throws TrainingError `wrong_model`, `bad_model_files` */
export function rewardHeadOf(files: Files): RewardHead {
  if (!isFrozenModel(files)) return neededReward(files).head;
  const { head } = unpackFrozen(files);
  if (head.kind !== "reward") throw reasoned("policyAsReward");
  return head;
}
