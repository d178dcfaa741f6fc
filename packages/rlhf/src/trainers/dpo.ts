import type { DpoSpec } from "@touchstone/contracts";
import { comparisonsOf } from "@touchstone/labeling";
import { meanOf } from "../arithmetic.ts";
import { packModel } from "../model/model-files.ts";
import { type ComparisonExample, comparisonExamples } from "../reward/comparison-examples.ts";
import { noteLabels } from "../reward/note-labels.ts";
import type { Policy } from "../rollout/policy.ts";
import { cutStep } from "../training/cut-step.ts";
import { exampleOrder, stepsOf } from "../training/example-order.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { Metrics, TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { directModels, openDirectPolicy, sequenceLogProbs } from "./direct-policy.ts";
import { dpoPart, type PairObjective, type ReferencedPair, weightIn } from "./dpo-part.ts";
import { glanceAt } from "./held-out-look.ts";
import { noteUnreadMargins } from "./margins.ts";
import { prefixed } from "./prefixed.ts";

/**
 * Direct preference optimisation: comparisons move the policy itself, held to the reference by β (or τ). Rankings give their
 * pairs at weight 2/K.
 */
export async function openDpoTrainer(
  spec: DpoSpec,
  objective: PairObjective,
  request: TraineeRequest,
  note: Note,
): Promise<Trainee> {
  const { seed, data, signal, team } = request;
  const models = directModels(request);
  const { start } = models;
  const { context } = start.config;
  const comparisons = comparisonsOf(data.comparisons ?? [], data.rankings ?? []);
  const examples = comparisonExamples(comparisons, start.tokenizer, context, spec.minimumLabels);
  noteLabels(note, "comparisons", examples, context);
  noteUnreadMargins(note, comparisons, objective.kind);
  const direct = openDirectPolicy(spec, request, models, comparisons, note);
  const { policy, reference } = direct;
  // The reference never changes: what it gives is computed once.
  const withReferences = (of: readonly ComparisonExample[]) => referencedPairs(reference, of, signal);
  const [train, heldOut] = await orDispose(
    direct,
    withReferences(examples.train).then(async (pairs) => [pairs, await withReferences(examples.heldOut)] as const),
  );
  const order = exampleOrder(train.length, spec.batchSize, seed);
  const evaluate = async (pairs: readonly ReferencedPair[], at: "watched" | "final") =>
    prefixed("heldout", { ...(await pairFigures(policy, pairs, signal)), ...(await direct.drift(at)) });

  return {
    totalSteps: stepsOf(spec.epochs, train.length, spec.batchSize),
    parameters: policy.parameters,
    trains: () => true,
    prepare(step) {
      const pairs = order.at(step).flatMap((index) => train[index] ?? []);
      const pieces = cutStep(pairs, spec.accumulate, team, weightIn(objective));
      return { parts: pieces.map(({ rows, share }) => dpoPart(policy, rows, objective, share)) };
    },
    evaluate: () => evaluate(heldOut.slice(0, Math.min(examples.watched, glanceAt)), "watched"),
    async finish() {
      return {
        files: packModel({ ...start, weights: policy.parameters.read() }),
        metrics: { labels: train.length, labelsTooLong: examples.tooLong, ...(await evaluate(heldOut, "final")) },
      };
    },
    dispose: direct.dispose,
  };
}

async function referencedPairs(
  reference: Policy,
  examples: readonly ComparisonExample[],
  signal: AbortSignal | undefined,
): Promise<ReferencedPair[]> {
  const sequences = examples.flatMap(({ a, b }) => [a, b]);
  const sums = await sequenceLogProbs(reference, sequences, signal);
  return examples.map((example, index) => ({
    example,
    referenceA: sums[2 * index] ?? 0,
    referenceB: sums[2 * index + 1] ?? 0,
  }));
}

/** Held-out means over the decided pairs: how often the winner gained more than the loser, and what each gained, in nats. */
async function pairFigures(
  policy: Policy,
  pairs: readonly ReferencedPair[],
  signal: AbortSignal | undefined,
): Promise<Metrics> {
  const decided = pairs.filter(({ example }) => example.label.outcome !== 0);
  if (decided.length === 0) return {};
  const sequences = decided.flatMap(({ example: { a, b } }) => [a, b]);
  const sums = await sequenceLogProbs(policy, sequences, signal);
  const gains = decided.map(({ example, referenceA, referenceB }, index) => {
    const [a, b] = [(sums[2 * index] ?? 0) - referenceA, (sums[2 * index + 1] ?? 0) - referenceB];
    return example.label.outcome > 0 ? { chosen: a, rejected: b } : { chosen: b, rejected: a };
  });
  const right = ({ chosen, rejected }: (typeof gains)[number]) => (Math.sign(chosen - rejected) + 1) / 2;
  return {
    comparisons: decided.length,
    accuracy: meanOf(gains.map(right)),
    chosenLogRatio: meanOf(gains.map(({ chosen }) => chosen)),
    rejectedLogRatio: meanOf(gains.map(({ rejected }) => rejected)),
  };
}
