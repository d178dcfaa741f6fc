import type { Tensor1D } from "@tensorflow/tfjs";
import type { PerAspectObjective, RewardSpec } from "@touchstone/contracts";
import type { Aspect } from "../model/head.ts";
import { squaredErrorLoss } from "../objectives/squared-error.ts";
import { ratingFigures } from "../reward/evaluate-ratings.ts";
import { noteLabels } from "../reward/note-labels.ts";
import { type RatingTarget, ratingExamples } from "../reward/rating-examples.ts";
import { aspectRewards } from "../reward/reward-network.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { reasoned } from "../training-error.ts";
import { type Axis, aspectsOf, summedAxis } from "./rating-axes.ts";
import { ratingLook } from "./rating-look.ts";
import { tokensOf } from "./rating-part.ts";
import { bodyFor, openRewardScaffold, type RewardPart } from "./reward-scaffold.ts";

/**
 * A head an aspect on one body, r = Σ w_k r_k, each by squared error on the ratings of its aspect; a rating of the whole answer
 * teaches the sum (fine-grained rewards: Wu et al. 2023, §4).
 * @throws TrainingError `too_few_labels`, `one_class`, `all_too_long`
 */
export async function openAspectTrainer(
  spec: RewardSpec,
  objective: PerAspectObjective,
  request: TraineeRequest,
  note: Note,
): Promise<Trainee> {
  const policy = bodyFor(request);
  const { config, tokenizer } = policy;
  const { ratings = [] } = request.data;
  const examples = ratingExamples({ ratings, comparisons: [] }, tokenizer, config.context, {
    minimum: spec.minimumLabels,
    annotatorEffects: objective.annotatorEffects,
    bothBadWeight: 0,
    aspects: true,
  });
  const { train, targets, tooLong } = examples;
  const aspects = aspectsOf(targets, objective.weights);
  refuseUnknown(aspects, objective);
  noteLabels(note, "ratings", examples, config.context);
  const axis = summedAxis(targets, aspects);
  const answers = train.map(({ sequence }) => sequence);
  const scaffold = await openRewardScaffold(spec, request, policy, answers, { aspects });
  const { parameters, pack } = scaffold;
  const parts = scaffold.stepsOver(targets, aspectPart(axis, aspects), ({ weight }) => weight);
  const look = await orDispose(
    parameters,
    ratingLook(examples, async (at) => {
      const heads = await scaffold.aspectScores(at.map(({ sequence }) => sequence));
      return at.map(({ label }, index) => {
        const { mix, offset } = mixOf(label.aspect, axis, aspects);
        return (
          offset + axis.scale * mix.reduce((sum, weight, k) => sum + weight * (heads[index]?.[k] ?? Number.NaN), 0)
        );
      });
    }),
  );

  return scaffold.trainee(targets.length, parts, {
    evaluate: async () => ratingFigures(await look.glance()),
    async finish() {
      const predictions = await look.all();
      const metrics = { labels: train.length, labelsTooLong: tooLong, ...ratingFigures(predictions) };
      const card = look.card(objective.kind, predictions);
      return { files: await pack(axis, { objective: objective.kind, aspects, metrics, predictions }, card), metrics };
    },
  });
}

/** What of the heads a rating is about: one of them, or their weighted sum. */
function mixOf(aspect: string | undefined, axis: Axis, aspects: readonly Aspect[]): { mix: number[]; offset: number } {
  if (aspect === undefined) return { mix: aspects.map(({ weight }) => weight), offset: axis.offset };
  const offset = aspects.find(({ name }) => name === aspect)?.offset ?? axis.offset;
  return { mix: aspects.map(({ name }) => (name === aspect ? 1 : 0)), offset };
}

function aspectPart(axis: Axis, aspects: readonly Aspect[]): RewardPart<RatingTarget> {
  return (network, { rows, share }) => ({
    share,
    tokens: tokensOf(rows),
    loss() {
      const { tf } = network;
      const heads = aspectRewards(
        network,
        rows.map(({ sequence }) => sequence),
      ); // (B, K)
      const mixes = rows.map(({ aspect }) => mixOf(aspect, axis, aspects));
      const mix = tf.tensor2d(
        mixes.flatMap((of) => of.mix),
        [rows.length, aspects.length],
      );
      const predicted = tf.sum<Tensor1D>(tf.mul(heads, mix), 1);
      const wanted = tf.tensor1d(rows.map((row, i) => (row.score - (mixes[i]?.offset ?? axis.offset)) / axis.scale));
      return squaredErrorLoss(tf, predicted, wanted, tf.tensor1d(rows.map(({ weight }) => weight)));
    },
  });
}

function refuseUnknown(aspects: readonly Aspect[], { weights }: PerAspectObjective): void {
  const known = new Set(aspects.map(({ name }) => name));
  if (known.size === 0) {
    throw reasoned("aspectsMissing");
  }
  const unknown = Object.keys(weights).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw reasoned("aspectsUnknown", { unknown: unknown.join(", "), known: [...known].join(", ") });
  }
}
