import type { Tensor1D } from "@tensorflow/tfjs";
import type { CombinedObjective, RewardSpec } from "@touchstone/contracts";
import { comparisonsOf } from "@touchstone/labeling";
import type { Parameters } from "../model/parameters.ts";
import { comparisonExamples } from "../reward/comparison-examples.ts";
import { comparisonFigures } from "../reward/evaluate-comparisons.ts";
import { ratingFigures } from "../reward/evaluate-ratings.ts";
import { noteLabels } from "../reward/note-labels.ts";
import { bradleyTerryLikelihood, objectivePrefix, quickened } from "../reward/preference-likelihood.ts";
import { ratingExamples } from "../reward/rating-examples.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { Metrics, TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { comparisonLook } from "./comparison-look.ts";
import { comparisonPart } from "./comparison-part.ts";
import { noteMargins } from "./margins.ts";
import { type Axis, standardAxis } from "./rating-axes.ts";
import { ratingLook } from "./rating-look.ts";
import { ratingPart } from "./rating-part.ts";
import { bodyFor, openRewardScaffold } from "./reward-scaffold.ts";

const axisOfRatings = `${objectivePrefix}axis`;

/**
 * λ·MSE + (1 − λ)·BT on one reward: comparisons fix its scale, ratings its level and what a point of 1–5 is worth, by a scale and an
 * offset that are learned with it. Each step reads a batch of either; an epoch is one pass over the larger of the two.
 */
export async function openCombinedTrainer(
  spec: RewardSpec,
  objective: CombinedObjective,
  request: TraineeRequest,
  note: Note,
): Promise<Trainee> {
  const { tf } = request.engine;
  const policy = bodyFor(request);
  const { tokenizer, config } = policy;
  const { context } = config;
  const { ratings = [], comparisons = [], rankings = [] } = request.data;
  const pairs = comparisonExamples(comparisonsOf(comparisons, rankings), tokenizer, context, spec.minimumLabels);
  const rated = ratingExamples({ ratings, comparisons }, tokenizer, context, {
    minimum: spec.minimumLabels,
    annotatorEffects: objective.annotatorEffects,
    bothBadWeight: objective.bothBad,
  });
  for (const [noun, of] of [["comparisons", pairs] as const, ["ratings", rated] as const]) {
    noteLabels(note, noun, of, context);
  }
  noteMargins(note, comparisons);
  const standard = standardAxis(rated.targets);
  const likelihood = bradleyTerryLikelihood(tf, objective);
  const answers = [...pairs.train.flatMap(({ a, b }) => [a, b]), ...rated.train.map(({ sequence }) => sequence)];
  const own = new Map([[axisOfRatings, { shape: [2], values: new Float32Array(2) }]]);
  const scaffold = await openRewardScaffold(spec, request, policy, answers, { own });
  const { parameters, pack } = scaffold;
  const factor = objective.likelihoodRate / spec.learningRate;
  /** standardised rating = offset + e^{log scale} · reward; (0, 1) at first */
  const learnedAxis = (of: Parameters) => {
    const [logScale = 0, offset = 0] = of.vector(axisOfRatings).dataSync();
    return { scale: Math.exp(factor * logScale), offset: factor * offset };
  };
  const onAxis = (rewards: Tensor1D, of: Parameters) => {
    const [logScale, offset] = tf.unstack(quickened(tf, of.vector(axisOfRatings), factor));
    if (!logScale || !offset) throw new RangeError("the axis of ratings has a scale and an offset");
    return tf.add<Tensor1D>(tf.mul(rewards, tf.exp(logScale)), offset);
  };
  const { lambda } = objective;
  // The level is the ratings' to fix, so nothing is centred, and "both bad" is a rating.
  const comparisonParts = scaffold.stepsOver(
    pairs.train,
    comparisonPart(likelihood, { centring: 0, bothBad: 0 }),
    undefined,
    1 - lambda,
  );
  const ratingParts = scaffold.stepsOver(rated.targets, ratingPart(standard, onAxis), ({ weight }) => weight, lambda);
  /** From the reward to 1–5, as it is now. */
  const axisNow = (): Axis => {
    const { scale, offset } = learnedAxis(parameters);
    return { scale: standard.scale * scale, offset: standard.offset + standard.scale * offset };
  };
  const fitted = () => likelihood.fitted(parameters);
  const lookAtPairs = await orDispose(parameters, comparisonLook(scaffold, pairs, fitted, { spec, body: policy }));
  const lookAtRatings = await orDispose(
    parameters,
    ratingLook(rated, async (at) => {
      const { scale, offset } = axisNow();
      return (await scaffold.scores(at.map(({ sequence }) => sequence))).map((raw) => offset + scale * raw);
    }),
  );
  const look = async (at: "glance" | "all") => {
    const [ofPairs, ofRatings] = [await lookAtPairs[at](), await lookAtRatings[at]()];
    // Where both kinds give a figure, such as the accuracy, it is that of the pairs that people compared.
    const metrics: Metrics = { ...ratingFigures(ofRatings), ...comparisonFigures(ofPairs) };
    return { metrics, predictions: { comparisons: ofPairs, ratings: ofRatings } };
  };

  return scaffold.trainee(
    Math.max(pairs.train.length, rated.targets.length),
    (step) => [...comparisonParts(step), ...ratingParts(step)],
    {
      evaluate: async () => (await look("glance")).metrics,
      async finish() {
        const { metrics: figures, predictions } = await look("all");
        const axis = axisNow();
        const metrics = {
          labels: pairs.train.length + rated.train.length,
          labelsTooLong: pairs.tooLong + rated.tooLong,
          "axis.scale": axis.scale,
          "axis.offset": axis.offset,
          ...figures,
        };
        // Where no comparison is held out, ratings are all that can be said of pairs.
        const card =
          predictions.comparisons.length > 0
            ? await lookAtPairs.card(predictions.comparisons)
            : lookAtRatings.card(objective.kind, predictions.ratings);
        return { files: await pack(axis, { objective: objective.kind, metrics, predictions }, card), metrics };
      },
    },
  );
}
