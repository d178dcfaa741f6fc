import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { BradleyTerryObjective, RewardSpec } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { neededPolicy } from "../model/needed-models.ts";
import { centringLoss } from "../objectives/centring.ts";
import { bothBadLoss, softPreferenceLoss } from "../objectives/soft-preference.ts";
import { trainBigramBaseline } from "../reward/bigram-baseline.ts";
import { type ComparisonExample, comparisonExamples, winTarget } from "../reward/comparison-examples.ts";
import { comparisonFigures, comparisonPredictions } from "../reward/evaluate-comparisons.ts";
import { noteLabels } from "../reward/note-labels.ts";
import { scoreSequences, sequenceRewards } from "../reward/reward-network.ts";
import { cutStep, type StepPiece } from "../training/cut-step.ts";
import { exampleOrder, stepsOf } from "../training/example-order.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { StepPart, Trainee } from "../training/trainee.ts";
import { glance, openRewardScaffold } from "./reward-scaffold.ts";

/** Bradley–Terry on comparisons: ties at half, "both bad" as a tie and a low absolute signal. */
export async function openComparisonTrainer(
  spec: RewardSpec,
  objective: BradleyTerryObjective,
  request: TraineeRequest,
  note: Note,
): Promise<Trainee> {
  const { tf } = request.engine;
  const policy = neededPolicy(request.models.policy, "a policy whose body the reward model starts from");
  const { config, tokenizer } = policy;
  const comparisons = request.data.comparisons ?? [];
  const { train, heldOut, tooLong, promptsCut } = comparisonExamples(
    comparisons,
    tokenizer,
    config.context,
    spec.minimumLabels,
  );
  const counts = { train: train.length, heldOut: heldOut.length, tooLong, promptsCut, context: config.context };
  noteLabels(note, "comparisons", counts);
  const { network, trains, pack } = await openRewardScaffold(
    spec,
    request,
    policy,
    train.flatMap(({ a, b }) => [a, b]),
  );
  const order = exampleOrder(train.length, spec.batchSize, request.seed);
  const bigram = trainBigramBaseline(
    train.map(({ label }) => ({
      a: label.a.text,
      b: label.b.text,
      target: winTarget(label, 0),
      weight: label.weight,
    })),
  );

  const part = ({ rows: examples, share, factor }: StepPiece<ComparisonExample>): StepPart => {
    const sequences = [...examples.map(({ a }) => a), ...examples.map(({ b }) => b)];
    return {
      share,
      tokens: sequences.reduce((sum, { ids }) => sum + ids.length, 0),
      loss(observe) {
        const rewards = sequenceRewards(network, sequences); // (2B): all a, then all b
        const [a, b] = tf.split<Tensor1D>(rewards, 2);
        if (!a || !b) throw new RangeError("a batch holds both answers of each comparison");
        const labels = labelTensors(tf, examples, objective.labelNoise);
        const decided = examples.filter(({ label }) => label.outcome !== 0).length;
        observe("accuracy", pairAccuracy(tf, a, b, labels.sign), decided);
        const byWeight = factor(({ label }) => label.weight); // the other two terms are means over the pairs
        const fair = tf.sub(1, labels.bothBad); // centring is for pairs whose level nobody judged
        return tf.addN([
          tf.mul(softPreferenceLoss(tf, a, b, labels.target, labels.weight), byWeight),
          centringLoss(tf, tf.mul<Tensor1D>(a, fair), tf.mul<Tensor1D>(b, fair), objective.centring),
          tf.mul(bothBadLoss(tf, a, b, labels.bothBad), objective.bothBad),
        ]);
      },
    };
  };

  const scores = (at: readonly ComparisonExample[]) =>
    scoreSequences(
      network,
      at.flatMap(({ a, b }) => [a, b]),
      request.signal,
    );
  // Before the first step, and before a checkpoint is read: a resumed run finds the same baseline.
  const untrained = await orDispose(network.parameters, scores(heldOut));
  // Always a prefix of the held-out examples, so that the baseline's places fit.
  const look = async (at: readonly ComparisonExample[]) =>
    comparisonPredictions(at, await scores(at), untrained, bigram);

  return {
    totalSteps: stepsOf(spec.epochs, train.length, spec.batchSize),
    parameters: network.parameters,
    trains,
    prepare: (step) => {
      const examples = order.at(step).flatMap((index) => train[index] ?? []);
      return { parts: cutStep(examples, spec.accumulate, request.team).map(part) };
    },
    evaluate: async () => comparisonFigures(await look(heldOut.slice(0, glance))),
    async finish() {
      const predictions = await look(heldOut);
      const metrics = { labels: train.length, labelsTooLong: tooLong, ...comparisonFigures(predictions) };
      const files = await pack({ scale: 1, offset: 0 }, { objective: "bradley-terry", metrics, predictions });
      return { files, metrics };
    },
    dispose: () => network.parameters.dispose(),
  };
}

interface LabelTensors {
  /** Probability taught that a wins. */
  readonly target: Tensor1D;
  /** 1 where a was preferred, −1 where b was, 0 for a tie. */
  readonly sign: Tensor1D;
  readonly weight: Tensor1D;
  readonly bothBad: Tensor1D;
}

function labelTensors(tf: TensorFlow, examples: readonly ComparisonExample[], labelNoise: number): LabelTensors {
  const column = (value: (example: ComparisonExample) => number) => tf.tensor1d(examples.map(value), "float32");
  return {
    target: column(({ label }) => winTarget(label, labelNoise)),
    sign: column(({ label }) => Math.sign(label.outcome)),
    weight: column(({ label }) => label.weight),
    bothBad: column(({ label }) => (label.bothBad ? 1 : 0)),
  };
}

/** Share of the decided pairs whose winner scores higher. */
function pairAccuracy(tf: TensorFlow, a: Tensor1D, b: Tensor1D, sign: Tensor1D) {
  const decided = tf.abs(sign);
  const right = tf.cast(tf.greater(tf.mul(tf.sub(a, b), sign), 0), "float32");
  return tf.div<Scalar>(tf.sum(right), tf.maximum(tf.sum(decided), 1));
}
