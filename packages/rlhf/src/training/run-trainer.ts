import { openDpoTrainer } from "../trainers/dpo.ts";
import { openGroupGradientTrainer } from "../trainers/group-gradient.ts";
import { openIlqlTrainer } from "../trainers/ilql.ts";
import { openPpoTrainer } from "../trainers/ppo.ts";
import { openPretrainer } from "../trainers/pretrain.ts";
import { openRewardTrainer } from "../trainers/reward.ts";
import { openSftTrainer } from "../trainers/sft.ts";
import { trainingLoop } from "./loop.ts";
import type { Note } from "./note.ts";
import type { TrainerRequest, TrainerResult } from "./request.ts";
import type { Trainee } from "./trainee.ts";

/**
 * Trains a model as the spec says: the one entry for worker and command line.
 *
 * A pure function of spec, data, models and seed on a given engine: equal inputs give equal bits, killed and resumed or not.
 *
 * @throws TrainingError with a code and a sentence in plain words, before the first step where that is possible
 */
export async function runTrainer(request: TrainerRequest): Promise<TrainerResult> {
  const notes: string[] = [];
  const note: Note = (message, fact) => {
    notes.push(message);
    request.onNote?.(message, fact);
  };
  const trainee = await openTrainee(request, note);
  try {
    return { ...(await trainingLoop(trainee, request, note)), notes };
  } finally {
    trainee.dispose();
  }
}

function openTrainee(request: TrainerRequest, note: Note): Trainee | Promise<Trainee> {
  const { spec } = request;
  switch (spec.trainer) {
    case "pretrain":
      return openPretrainer(spec, request, note);
    case "sft":
      return openSftTrainer(spec, request, note);
    case "reward":
      return openRewardTrainer(spec, request, note);
    case "ilql":
      return openIlqlTrainer(spec, request, note);
    case "dpo":
      return openDpoTrainer(spec, request, note);
    case "rloo":
    case "grpo":
      return openGroupGradientTrainer(spec, request, note);
    case "ppo":
      return openPpoTrainer(spec, request, note);
  }
}
