import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs";
import type { BradleyTerryObjective, Comparison } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import type { Parameters } from "../model/parameters.ts";
import type { Weights } from "../model/weights.ts";
import { softPreferenceLoss } from "../objectives/soft-preference.ts";
import { stopGradient } from "../objectives/stop-gradient.ts";
import type { Metrics } from "../training/request.ts";
import { winTarget } from "./comparison-examples.ts";

/** Before the names of an objective's own tensors. A model's files hold none of them. */
export const objectivePrefix = "objective.";

/** How people's answers follow from the difference of two rewards. */
export interface PreferenceLikelihood {
  /** Its own parameters at their beginning, such as thresholds: they are trained with the network, and kept in checkpoints. */
  readonly weights: Weights;
  /** Weighted mean of −log P(answer), on the tape. @param a, b rewards, (B) */
  loss(parameters: Parameters, a: Tensor1D, b: Tensor1D, labels: readonly Comparison[]): Scalar;
  /** With its parameters as they are now. */
  fitted(parameters: Parameters): FittedLikelihood;
}

export interface FittedLikelihood {
  /** Its own parameters, for people: among the run's figures. */
  readonly metrics: Metrics;
  /** The same in full, for evaluation.json; undefined where it has none. */
  readonly values: unknown;
  /** log(P(a is preferred) / P(b is preferred)) of a pair by its difference: what σ of is a calibrated probability. */
  logOdds(label: Comparison, difference: number): number;
  /** −log P(the very answer given), where the likelihood has one for each answer; in nats. */
  surprise?(label: Comparison, difference: number): number;
}

/**
 * A tie is half a win for each side. How much better the better one is counts where the label has a margin, by which its reward
 * is to lead: the loss is that of the difference less the margin, on the winner's side.
 */
export function bradleyTerryLikelihood(
  tf: TensorFlow,
  { labelNoise, margins = true }: Pick<BradleyTerryObjective, "labelNoise" | "margins">,
): PreferenceLikelihood {
  return {
    weights: new Map(),
    loss: (_, a, b, labels) =>
      softPreferenceLoss(
        tf,
        margins ? lessMargins(tf, a, labels) : a,
        b,
        tf.tensor1d(
          labels.map((label) => winTarget(label, labelNoise)),
          "float32",
        ),
        labelWeights(tf, labels),
      ),
    fitted: () => ({ metrics: {}, values: undefined, logOdds: (_, difference) => difference }),
  };
}

/** r_a, less the margin where a won, and with it where b did. */
function lessMargins(tf: TensorFlow, a: Tensor1D, labels: readonly Comparison[]): Tensor1D {
  if (labels.every(({ margin }) => margin === undefined)) return a;
  const signed = labels.map(({ margin = 0, outcome }) => margin * Math.sign(outcome));
  return tf.sub<Tensor1D>(a, tf.tensor1d(signed, "float32"));
}

export function labelWeights(tf: TensorFlow, labels: readonly Comparison[]): Tensor1D {
  return tf.tensor1d(
    labels.map(({ weight }) => weight),
    "float32",
  );
}

/**
 * `factor · x`, with the gradient of x alone: a learning rate of its own for a parameter under an optimiser whose steps are as long
 * as its rate (Adam), and no weight in the gradient's norm beyond its own.
 */
export function quickened<T extends Tensor>(tf: TensorFlow, x: T, factor: number): T {
  return tf.add<T>(x, stopGradient(tf, tf.mul<T>(x, factor - 1)));
}
