import type {
  BradleyTerryObjective,
  Comparison,
  DavidsonObjective,
  OrderedLogitObjective,
  RaoKupperObjective,
} from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { orderedLogitLikelihood } from "./ordered-logit-likelihood.ts";
import { bradleyTerryLikelihood, type PreferenceLikelihood } from "./preference-likelihood.ts";
import { tieLikelihood } from "./tie-likelihood.ts";

export type ComparisonObjective =
  | BradleyTerryObjective
  | OrderedLogitObjective
  | DavidsonObjective
  | RaoKupperObjective;

/** @param train comparisons that the likelihood's parameters are begun from, and fitted on */
export function likelihoodOf(
  tf: TensorFlow,
  objective: ComparisonObjective,
  learningRate: number,
  train: readonly Comparison[],
): PreferenceLikelihood {
  switch (objective.kind) {
    case "bradley-terry":
      return bradleyTerryLikelihood(tf, objective);
    case "ordered-logit":
      return orderedLogitLikelihood(tf, objective, learningRate, train);
    case "davidson":
    case "rao-kupper":
      return tieLikelihood(tf, objective, learningRate, train);
  }
}
