import { trainFrozen } from "../features/train-frozen.ts";
import { leadTeam } from "../parallel/lead-team.ts";
import { alone } from "../parallel/team.ts";
import { openDpoTrainer } from "../trainers/dpo.ts";
import { openGroupGradientTrainer } from "../trainers/group-gradient.ts";
import { openIlqlTrainer } from "../trainers/ilql.ts";
import { openKtoTrainer } from "../trainers/kto.ts";
import { openPpoTrainer } from "../trainers/ppo.ts";
import { openPretrainer } from "../trainers/pretrain.ts";
import { openRewardTrainer } from "../trainers/reward.ts";
import { openSftTrainer } from "../trainers/sft.ts";
import { trainingLoop } from "./loop.ts";
import type { Note } from "./note.ts";
import type { TraineeRequest, TrainerRequest, TrainerResult } from "./request.ts";
import type { Trainee } from "./trainee.ts";

/**
 * Trains a model as the spec says: the one entry for worker and command line.
 *
 * A pure function of spec, data, models and seed on a given engine: equal inputs give equal bits, killed and resumed or not.
 * An engine opened for several workers has that many threads share the work: the same number gives the same bits, another
 * one the same result up to rounding.
 *
 * @throws TrainingError with a code and a sentence in plain words, before the first step where that is possible
 */
export async function runTrainer(request: TrainerRequest): Promise<TrainerResult> {
  const { spec } = request;
  // Nothing to share out: no network is trained, and what it reads is read once.
  if (spec.trainer === "reward" && spec.frozen) return trainFrozen(spec, spec.frozen, request);
  if (request.engine.workers === 1) return trainAsMember({ ...request, team: alone });
  return leadTeam(request, (team) => trainAsMember({ ...request, team }));
}

/** The run as each thread of its team goes through it. */
export async function trainAsMember(request: TraineeRequest): Promise<TrainerResult> {
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

function openTrainee(request: TraineeRequest, note: Note): Trainee | Promise<Trainee> {
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
      return spec.objective.kind === "kto"
        ? openKtoTrainer(spec, spec.objective, request, note)
        : openDpoTrainer(spec, spec.objective, request, note);
    case "rloo":
    case "grpo":
      return openGroupGradientTrainer(spec, request, note);
    case "ppo":
      return openPpoTrainer(spec, request, note);
  }
}
