import type { RewardSpec, SquaredErrorObjective } from "@touchstone/contracts";
import { neededPolicy } from "../model/needed-models.ts";
import { squaredErrorLoss } from "../objectives/squared-error.ts";
import { ratingFigures, ratingPredictions } from "../reward/evaluate-ratings.ts";
import { noteLabels } from "../reward/note-labels.ts";
import { type RatingExample, type RatingTarget, ratingExamples } from "../reward/rating-examples.ts";
import { scoreSequences, sequenceRewards } from "../reward/reward-network.ts";
import { cutStep, type StepPiece } from "../training/cut-step.ts";
import { exampleOrder, stepsOf } from "../training/example-order.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { StepPart, Trainee } from "../training/trainee.ts";
import { glance, openRewardScaffold } from "./reward-scaffold.ts";

/** Squared error on 1–5 ratings whose annotators' habits are taken out first. */
export async function openRatingTrainer(
  spec: RewardSpec,
  objective: SquaredErrorObjective,
  request: TraineeRequest,
  note: Note,
): Promise<Trainee> {
  const { tf } = request.engine;
  const policy = neededPolicy(request.models.policy, "a policy whose body the reward model starts from");
  const { config, tokenizer } = policy;
  const { ratings = [], comparisons = [] } = request.data;
  const options = {
    minimum: spec.minimumLabels,
    annotatorEffects: objective.annotatorEffects,
    bothBadWeight: objective.bothBad,
  };
  const examples = ratingExamples({ ratings, comparisons }, tokenizer, config.context, options);
  const { train, heldOut, targets, tooLong, promptsCut, effects } = examples;
  const counts = { train: train.length, heldOut: heldOut.length, tooLong, promptsCut, context: config.context };
  noteLabels(note, "ratings", counts);
  const axis = standardAxis(targets);
  const { network, trains, pack } = await openRewardScaffold(
    spec,
    request,
    policy,
    train.map(({ sequence }) => sequence),
  );
  const order = exampleOrder(targets.length, spec.batchSize, request.seed);

  const part = ({ rows, share }: StepPiece<RatingTarget>): StepPart => ({
    share,
    tokens: rows.reduce((sum, { sequence }) => sum + sequence.ids.length, 0),
    loss() {
      const sequences = rows.map(({ sequence }) => sequence);
      const wanted = tf.tensor1d(rows.map((row) => (row.score - axis.offset) / axis.scale));
      const weights = tf.tensor1d(rows.map(({ weight }) => weight));
      return squaredErrorLoss(tf, sequenceRewards(network, sequences), wanted, weights);
    },
  });

  const qualities = async (at: readonly RatingExample[]) => {
    const sequences = at.map(({ sequence }) => sequence);
    const raw = await scoreSequences(network, sequences, request.signal);
    return raw.map((score) => axis.offset + axis.scale * score);
  };
  // Before the first step, and before a checkpoint is read: a resumed run finds the same baseline.
  const untrained = await orDispose(network.parameters, qualities(heldOut));
  // Always a prefix of the held-out examples, so that the baseline's places fit.
  const look = async (at: readonly RatingExample[]) =>
    ratingPredictions(at, await qualities(at), untrained, train, effects);

  return {
    totalSteps: stepsOf(spec.epochs, targets.length, spec.batchSize),
    parameters: network.parameters,
    trains,
    prepare: (step) => {
      const rows = order.at(step).flatMap((index) => targets[index] ?? []);
      return { parts: cutStep(rows, spec.accumulate, request.team, ({ weight }) => weight).map(part) };
    },
    evaluate: async () => ratingFigures(await look(heldOut.slice(0, glance))),
    async finish() {
      const predictions = await look(heldOut);
      const metrics = { labels: train.length, labelsTooLong: tooLong, ...ratingFigures(predictions) };
      const files = await pack(axis, { objective: "squared-error", metrics, predictions });
      return { files, metrics };
    },
    dispose: () => network.parameters.dispose(),
  };
}

/** The model learns standardised scores, so that the learning rate means the same for ratings as for comparisons. */
function standardAxis(targets: readonly RatingTarget[]): { scale: number; offset: number } {
  const weight = targets.reduce((sum, row) => sum + row.weight, 0);
  const offset = targets.reduce((sum, row) => sum + row.weight * row.score, 0) / weight;
  const variance = targets.reduce((sum, row) => sum + row.weight * (row.score - offset) ** 2, 0) / weight;
  return { scale: Math.max(Math.sqrt(variance), 1e-3), offset };
}
