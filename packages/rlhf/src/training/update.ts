import { type AdamW, DivergenceError, type TensorFlow } from "@touchstone/engine";
import { TrainingError } from "../training-error.ts";
import { meansOf } from "./gradients.ts";
import type { Learned } from "./learned.ts";
import type { Metrics } from "./request.ts";
import type { TeamGradients } from "./team-gradients.ts";
import type { StepPart } from "./trainee.ts";

interface UpdateMeans {
  readonly tf: TensorFlow;
  readonly gradientsOf: TeamGradients;
  readonly learned: Learned;
  readonly optimiser: AdamW;
  /** Gradients longer than this are scaled down as a whole (Pascanu et al. 2013). */
  readonly clipNorm: number;
}

/**
 * One update of the weights from a step's parts, and the figures of it.
 * @throws TrainingError `diverged`
 */
export type Update = (parts: readonly StepPart[], learningRate: number, step: number) => Promise<Metrics>;

/** The update that a run's every step is made of. */
export function openUpdate({ tf, gradientsOf, learned, optimiser, clipNorm }: UpdateMeans): Update {
  return async (parts, learningRate, step) => {
    const { gradients, loss, observed } = await gradientsOf(parts);
    try {
      if (!Number.isFinite(loss)) throw new DivergenceError(`the loss is ${loss}`);
      const gradNorm = optimiser.step(gradients, learningRate, clipNorm);
      learned.follow();
      return { loss, gradNorm, ...meansOf(observed) };
    } catch (cause) {
      throw cause instanceof DivergenceError ? diverged(cause, step) : cause;
    } finally {
      tf.dispose([...gradients.values()]);
    }
  };
}

function diverged(cause: DivergenceError, step: number): TrainingError {
  // Before the first update no learning rate has done anything yet.
  const cure =
    step === 1
      ? "It is so before anything was learned: look at the starting model, and for values out of all proportion in the data."
      : "A lower learning rate usually cures it.";
  return new TrainingError("diverged", `Training broke off at step ${step}: ${cause.message}. ${cure}`, {
    cause,
    values: { step },
  });
}
