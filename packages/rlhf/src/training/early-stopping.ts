import type { TrainingSpec } from "@touchstone/contracts";
import { readSafetensors, writeSafetensors } from "@touchstone/engine";
import type { Files } from "../model/files.ts";
import type { Weights } from "../model/weights.ts";
import { reasoned, reasonedBy } from "../training-error.ts";
import { afterLook, type BestLook, decidingFigure } from "./best-look.ts";
import type { Learned } from "./learned.ts";
import type { Note } from "./note.ts";
import type { Metrics } from "./request.ts";

const bestWeights = "best.safetensors";

/** Watches the looks of a run, keeps the weights of the best one, and says when there is no use in going on. */
export interface EarlyStop {
  /** Whether there is anything to watch: without early stopping a run needs no look at its last step. */
  readonly watches: boolean;
  /** The best look at the held-out split, for checkpoints. */
  readonly best: BestLook | undefined;
  /**
   * Hears the figures of a look.
   * @returns whether the run should end
   * @throws TrainingError `wrong_settings` if looks have no such figure
   */
  isDue(step: number, figures: Metrics): boolean;
  /** Puts the best look's weights into the model, and says so. @param step the last one of the run */
  settle(step: number, totalSteps: number): Metrics;
  /** What a checkpoint holds beside the look itself. */
  files(): Files;
  /** @throws TrainingError `bad_checkpoint` if the weights of the best look are missing or damaged */
  resume(best: BestLook | undefined, files: Files): void;
}

/**
 * Early stopping (Prechelt 1998): the run ends when the held-out figure has not improved for `patience` looks, and the weights
 * of the best look are published, at the run's regular end too. The schedule of the learning rate is not shortened.
 */
export function earlyStop({ trainer, earlyStopping }: TrainingSpec, learned: Learned, note: Note): EarlyStop {
  let best: BestLook | undefined;
  let weights: Weights | undefined;
  let isBlind = false;

  return {
    watches: earlyStopping !== undefined,
    get best() {
      return best;
    },
    isDue(step, figures) {
      if (!earlyStopping) return false;
      const metric = decidingFigure(trainer, earlyStopping, figures);
      const value = metric === undefined ? undefined : figures[metric];
      if (metric === undefined || value === undefined) {
        if (!isBlind) tellBlind(earlyStopping.metric, figures, note);
        isBlind = true;
        return false;
      }
      best = afterLook(best, step, metric, value, earlyStopping.minimumGain);
      if (best.step === step) weights = learned.read();
      return best.missed >= earlyStopping.patience;
    },
    settle(step, totalSteps) {
      if (!earlyStopping || !best || !weights) return {};
      if (step < totalSteps) tellStopped(best, step, totalSteps, note);
      if (best.step < step) {
        learned.write(weights);
        tellBest(best, note);
      }
      return { bestStep: best.step };
    },
    files: () => new Map(weights ? [[bestWeights, writeSafetensors(weights)]] : []),
    resume(saved, files) {
      if (!saved) return;
      try {
        weights = readSafetensors(files.get(bestWeights) ?? new Uint8Array());
        best = saved;
      } catch (cause) {
        throw reasonedBy(cause, "checkpointLacksBest");
      }
    },
  };
}

function tellBlind(metric: string | undefined, figures: Metrics, note: Note): void {
  const known = Object.keys(figures).filter((name) => name.startsWith("heldout."));
  if (metric !== undefined && known.length > 0) {
    throw reasoned("figureUnknown", { metric, known: known.join(", ") });
  }
  note("Nothing is held out that could stop this run early: it goes to its end.", {
    code: "nothing_to_stop_by",
    level: "warning",
    values: {},
  });
}

function tellStopped({ metric, missed }: BestLook, step: number, total: number, note: Note): void {
  note(`Stopped after step ${step} of ${total}: ${metric} had not improved for ${missed} looks.`, {
    code: "stopped_early",
    level: "note",
    values: { step, total, metric, patience: missed },
  });
}

function tellBest({ metric, step, value }: BestLook, note: Note): void {
  note(`The weights of step ${step} are published, where ${metric} was best (${value.toPrecision(4)}).`, {
    code: "best_weights",
    level: "note",
    values: { step, metric, value: Number(value.toPrecision(4)) },
  });
}
