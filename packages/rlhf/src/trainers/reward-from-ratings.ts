import type { RewardSpec, SquaredErrorObjective } from "@touchstone/contracts";
import { ratingFigures } from "../reward/evaluate-ratings.ts";
import { noteLabels } from "../reward/note-labels.ts";
import { ratingExamples } from "../reward/rating-examples.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { standardAxis } from "./rating-axes.ts";
import { ratingLook } from "./rating-look.ts";
import { ratingPart } from "./rating-part.ts";
import { bodyFor, openRewardScaffold } from "./reward-scaffold.ts";

/** Squared error on 1–5 ratings whose annotators' habits are taken out first. */
export async function openRatingTrainer(
  spec: RewardSpec,
  objective: SquaredErrorObjective,
  request: TraineeRequest,
  note: Note,
): Promise<Trainee> {
  const policy = bodyFor(request);
  const { config, tokenizer } = policy;
  const { ratings = [], comparisons = [] } = request.data;
  const examples = ratingExamples({ ratings, comparisons }, tokenizer, config.context, {
    minimum: spec.minimumLabels,
    annotatorEffects: objective.annotatorEffects,
    bothBadWeight: objective.bothBad,
  });
  const { train, targets, tooLong } = examples;
  noteLabels(note, "ratings", examples, config.context);
  const axis = standardAxis(targets);
  const answers = train.map(({ sequence }) => sequence);
  const scaffold = await openRewardScaffold(spec, request, policy, answers);
  const { parameters, pack } = scaffold;
  const parts = scaffold.stepsOver(targets, ratingPart(axis), ({ weight }) => weight);
  const look = await orDispose(
    parameters,
    ratingLook(examples, async (at) => {
      const raw = await scaffold.scores(at.map(({ sequence }) => sequence));
      return raw.map((score) => axis.offset + axis.scale * score);
    }),
  );

  return scaffold.trainee(targets.length, parts, {
    evaluate: async () => ratingFigures(await look.glance()),
    async finish() {
      const predictions = await look.all();
      const metrics = { labels: train.length, labelsTooLong: tooLong, ...ratingFigures(predictions) };
      const card = look.card(objective.kind, predictions);
      return { files: await pack(axis, { objective: objective.kind, metrics, predictions }, card), metrics };
    },
  });
}
