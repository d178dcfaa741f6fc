import type { PlackettLuceObjective, Ranking, RewardSpec } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { comparisonsOf } from "@touchstone/labeling";
import { sumOf } from "../arithmetic.ts";
import { choicesOf, davidsonLuceLoss } from "../objectives/davidson-luce.ts";
import { comparisonExamples } from "../reward/comparison-examples.ts";
import { comparisonFigures } from "../reward/evaluate-comparisons.ts";
import { noteLabels } from "../reward/note-labels.ts";
import { objectivePrefix, quickened } from "../reward/preference-likelihood.ts";
import { type RankingExample, rankingExamples, tieDeltas } from "../reward/ranking-examples.ts";
import { rankingOf } from "../reward/ranking-of.ts";
import { sequenceRewards } from "../reward/reward-network.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { comparisonLook } from "./comparison-look.ts";
import { noteUnreadMargins } from "./margins.ts";
import { bodyFor, openRewardScaffold, type RewardPart } from "./reward-scaffold.ts";

const ties = `${objectivePrefix}ties`;

/**
 * Plackett–Luce on whole rankings, a comparison being a ranking of two; ties as in Davidson–Luce, their prevalence fitted. Held
 * out, it is judged on the rankings' pairs, beside the baselines of every reward model.
 */
export async function openRankingTrainer(
  spec: RewardSpec,
  objective: PlackettLuceObjective,
  request: TraineeRequest,
  note: Note,
): Promise<Trainee> {
  const { tf } = request.engine;
  const policy = bodyFor(request);
  const { config, tokenizer } = policy;
  const { comparisons = [], rankings = [] } = request.data;
  const all: Ranking[] = [...rankings, ...comparisons.map(rankingOf)];
  const examples = rankingExamples(all, tokenizer, config.context, spec.minimumLabels);
  noteUnreadMargins(note, comparisons, objective.kind);
  const { train, tooLong } = examples;
  const pairs = comparisonExamples(comparisonsOf(comparisons, rankings), tokenizer, config.context, 1);
  noteLabels(note, "rankings", { ...pairs, ...examples }, config.context);
  const start = tieDeltas(train.map(({ label }) => label)).map(Math.log);
  const own = new Map(
    start.length > 0 ? [[ties, { shape: [start.length], values: new Float32Array(start.length) }]] : [],
  );
  const answers = train.flatMap(({ groups }) => groups.flat());
  const scaffold = await openRewardScaffold(spec, request, policy, answers, { own });
  const { parameters, pack } = scaffold;
  const factor = objective.likelihoodRate / spec.learningRate;
  const parts = scaffold.stepsOver(train, rankingPart(tf, start, factor), ({ label }) => label.weight);
  const deltas = () => {
    const moved = start.length > 0 ? [...parameters.vector(ties).dataSync()] : [];
    return start.map((log, index) => Math.exp(log + factor * (moved[index] ?? 0)));
  };
  // Of two answers one of which is preferred, Davidson–Luce gives each what Bradley–Terry does.
  const fitted = () => ({ metrics: {}, values: {}, logOdds: (_: unknown, difference: number) => difference });
  const look = await orDispose(parameters, comparisonLook(scaffold, pairs, fitted, { spec, body: policy }));

  return scaffold.trainee(train.length, parts, {
    evaluate: async () => comparisonFigures(await look.glance()),
    async finish() {
      const predictions = await look.all();
      const prevalence = Object.fromEntries(deltas().map((delta, index) => [`delta.${index + 2}`, delta]));
      const metrics = {
        labels: train.length,
        labelsTooLong: tooLong,
        ...prevalence,
        ...comparisonFigures(predictions),
      };
      const evaluation = { objective: objective.kind, metrics, predictions };
      const files = await pack({ scale: 1, offset: 0 }, evaluation, await look.card(predictions));
      return { files, metrics };
    },
  });
}

/** @param start log δ₂, log δ₃, … at the beginning */
function rankingPart(tf: TensorFlow, start: readonly number[], factor: number): RewardPart<RankingExample> {
  return (network, { rows: examples, share }) => {
    const sequences = examples.flatMap(({ groups }) => groups.flat());
    let next = 0;
    const choices = examples.flatMap(({ groups, label }) =>
      choicesOf(
        groups.map((group) => group.map(() => next++)),
        label.weight,
        label.rest,
      ),
    );
    return {
      share,
      tokens: sumOf(sequences.map(({ ids }) => ids.length)),
      loss() {
        const rewards = sequenceRewards(network, sequences); // all answers of all rankings
        const begun = tf.tensor1d([...start]);
        const logDelta =
          start.length > 0
            ? tf.add<typeof begun>(quickened(tf, network.parameters.vector(ties), factor), begun)
            : begun;
        return davidsonLuceLoss(tf, rewards, choices, logDelta, sumOf(examples.map(({ label }) => label.weight)));
      },
    };
  };
}
