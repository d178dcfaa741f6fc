import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { Comparison, DavidsonObjective, RaoKupperObjective } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import type { Parameters } from "../model/parameters.ts";
import { davidson, davidsonLoss, type OutcomeProbabilities, raoKupper, raoKupperLoss } from "../objectives/ties.ts";
import { labelWeights, objectivePrefix, type PreferenceLikelihood, quickened } from "./preference-likelihood.ts";

const prevalence = `${objectivePrefix}prevalence`;

/** Ties by Davidson's ν or Rao and Kupper's θ: one parameter, fitted with the network unless it was set. */
export function tieLikelihood(
  tf: TensorFlow,
  objective: DavidsonObjective | RaoKupperObjective,
  learningRate: number,
  train: readonly Comparison[],
): PreferenceLikelihood {
  // Half a tie more, so that data without any has a place to begin.
  const ties = (train.filter(({ outcome }) => outcome === 0).length + 0.5) / (train.length + 1);
  const model = objective.kind === "davidson" ? davidsonModel(objective, ties) : raoKupperModel(objective, ties);
  const { name, set, start, fromLog, probabilities, loss } = model;
  const factor = objective.likelihoodRate / learningRate;
  return {
    weights: set ? new Map() : new Map([[prevalence, { shape: [1], values: new Float32Array(1) }]]),
    loss(parameters, a, b, labels) {
      const outcomes = tf.tensor1d(labels.map(({ outcome }) => Math.sign(outcome)));
      const moved = set ? tf.scalar(0) : tf.reshape(quickened(tf, parameters.vector(prevalence), factor), []);
      return loss(tf, tf.sub<Tensor1D>(a, b), outcomes, tf.add(moved, start), labelWeights(tf, labels));
    },
    fitted(parameters: Parameters) {
      const moved = set ? 0 : (parameters.vector(prevalence).dataSync()[0] ?? 0);
      const value = fromLog(start + factor * moved);
      const of = (difference: number): OutcomeProbabilities => probabilities(difference, value);
      return {
        metrics: { [name]: value },
        values: { [name]: value },
        logOdds(_, difference) {
          const { win, loss: lost } = of(difference);
          return Math.log(win / lost);
        },
        surprise({ outcome }, difference) {
          const { win, tie, loss: lost } = of(difference);
          if (outcome === 0) return -Math.log(tie);
          return -Math.log(outcome > 0 ? win : lost);
        },
      };
    },
  };
}

interface TieModel {
  readonly name: string;
  readonly set: boolean;
  /** What is added to, at the share of ties counted in training: on this axis every number is allowed. */
  readonly start: number;
  fromLog(value: number): number;
  probabilities(difference: number, value: number): OutcomeProbabilities;
  loss(tf: TensorFlow, difference: Tensor1D, outcome: Tensor1D, value: Scalar, weights: Tensor1D): Scalar;
}

/** At equal rewards ν/(2 + ν) of the answers are ties. */
function davidsonModel({ nu }: DavidsonObjective, ties: number): TieModel {
  return {
    name: "nu",
    set: nu !== undefined,
    start: Math.log(nu ?? (2 * ties) / (1 - ties)),
    fromLog: Math.exp,
    probabilities: davidson,
    loss: davidsonLoss,
  };
}

/** At equal rewards (θ − 1)/(θ + 1) of them are. θ > 1 is kept by fitting log(log θ). */
function raoKupperModel({ theta }: RaoKupperObjective, ties: number): TieModel {
  return {
    name: "theta",
    set: theta !== undefined,
    start: Math.log(Math.log(theta ?? (1 + ties) / (1 - ties))),
    fromLog: (value) => Math.exp(Math.exp(value)),
    probabilities: raoKupper,
    loss: (tf, difference, outcome, value, weights) => raoKupperLoss(tf, difference, outcome, tf.exp(value), weights),
  };
}
