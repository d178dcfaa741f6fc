import type { RewardSpec } from "@touchstone/contracts";
import { comparisonsOf } from "@touchstone/labeling";
import { comparisonExamples } from "../reward/comparison-examples.ts";
import { comparisonFigures } from "../reward/evaluate-comparisons.ts";
import { type ComparisonObjective, likelihoodOf } from "../reward/likelihood-of.ts";
import { noteLabels } from "../reward/note-labels.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { comparisonLook } from "./comparison-look.ts";
import { comparisonPart } from "./comparison-part.ts";
import { noteMargins, noteUnreadMargins } from "./margins.ts";
import { bodyFor, openRewardScaffold } from "./reward-scaffold.ts";

/** Any likelihood of comparisons; rankings give their pairs at weight 2/K, "both bad" is a tie and a low absolute signal. */
export async function openComparisonTrainer(
  spec: RewardSpec,
  objective: ComparisonObjective,
  request: TraineeRequest,
  note: Note,
): Promise<Trainee> {
  const { tf } = request.engine;
  const policy = bodyFor(request);
  const { config, tokenizer } = policy;
  const { comparisons = [], rankings = [] } = request.data;
  const examples = comparisonExamples(
    comparisonsOf(comparisons, rankings),
    tokenizer,
    config.context,
    spec.minimumLabels,
  );
  noteLabels(note, "comparisons", examples, config.context);
  if (objective.kind === "bradley-terry" && objective.margins !== false) noteMargins(note, comparisons);
  else noteUnreadMargins(note, comparisons, objective.kind);
  const { train, tooLong } = examples;
  const labels = train.map(({ label }) => label);
  const likelihood = likelihoodOf(tf, objective, spec.learningRate, labels);
  const answers = train.flatMap(({ a, b }) => [a, b]);
  const scaffold = await openRewardScaffold(spec, request, policy, answers, { own: likelihood.weights });
  const { parameters, pack } = scaffold;
  const parts = scaffold.stepsOver(train, comparisonPart(likelihood, objective));
  const fitted = () => likelihood.fitted(parameters);
  const look = await orDispose(parameters, comparisonLook(scaffold, examples, fitted, { spec, body: policy }));

  return scaffold.trainee(train.length, parts, {
    evaluate: async () => comparisonFigures(await look.glance()),
    async finish() {
      const predictions = await look.all();
      const { metrics: own, values } = fitted();
      const metrics = { labels: train.length, labelsTooLong: tooLong, ...own, ...comparisonFigures(predictions) };
      const evaluation = { objective: objective.kind, likelihood: values, metrics, predictions };
      return { files: await pack({ scale: 1, offset: 0 }, evaluation, await look.card(predictions)), metrics };
    },
  });
}
