import type { RewardSpec } from "@touchstone/contracts";
import type { Note } from "../training/note.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { openCombinedTrainer } from "./reward-combined.ts";
import { openComparisonTrainer } from "./reward-from-comparisons.ts";
import { openRankingTrainer } from "./reward-from-rankings.ts";
import { openRatingTrainer } from "./reward-from-ratings.ts";
import { openAspectTrainer } from "./reward-per-aspect.ts";

/** A reward model, by the objective that its spec names. */
export function openRewardTrainer(spec: RewardSpec, request: TraineeRequest, note: Note): Promise<Trainee> {
  const { objective } = spec;
  switch (objective.kind) {
    case "bradley-terry":
    case "ordered-logit":
    case "davidson":
    case "rao-kupper":
      return openComparisonTrainer(spec, objective, request, note);
    case "plackett-luce":
      return openRankingTrainer(spec, objective, request, note);
    case "squared-error":
      return openRatingTrainer(spec, objective, request, note);
    case "per-aspect":
      return openAspectTrainer(spec, objective, request, note);
    case "combined":
      return openCombinedTrainer(spec, objective, request, note);
  }
}
