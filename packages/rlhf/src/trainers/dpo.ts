import type { DpoSpec } from "@touchstone/contracts";
import { meanOf, sumOf } from "../arithmetic.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { packModel } from "../model/model-files.ts";
import { asLanguageModel, neededPolicy, referenceFor } from "../model/needed-models.ts";
import { type ComparisonExample, comparisonExamples } from "../reward/comparison-examples.ts";
import { noteLabels } from "../reward/note-labels.ts";
import { answerLogProbsOf } from "../rollout/answer-log-probs.ts";
import { drawAnswers } from "../rollout/draw-answers.ts";
import { driftFigures, withReference } from "../rollout/judged-rollout.ts";
import { openPolicy } from "../rollout/open-policy.ts";
import type { Policy } from "../rollout/policy.ts";
import { cutStep } from "../training/cut-step.ts";
import { exampleOrder, stepsOf } from "../training/example-order.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { Metrics, TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { dpoPart, type ReferencedPair, weightIn } from "./dpo-part.ts";
import { policyPrompts } from "./policy-prompts.ts";
import { prefixed } from "./prefixed.ts";
import { glance } from "./reward-scaffold.ts";

/** Direct preference optimisation: comparisons move the policy itself, held to the reference by β (or τ). */
export async function openDpoTrainer(spec: DpoSpec, request: TraineeRequest, note: Note): Promise<Trainee> {
  const { models, engine, seed, data, signal, team } = request;
  const { tf } = engine;
  const start = asLanguageModel(neededPolicy(models.policy, "a policy to improve"));
  const referenceModel = referenceFor(start, models.reference);
  const { config, tokenizer } = start;
  const comparisons = data.comparisons ?? [];
  const examples = comparisonExamples(comparisons, tokenizer, config.context, spec.minimumLabels);
  const { tooLong, promptsCut } = examples;
  const counts = { train: examples.train.length, heldOut: examples.heldOut.length, promptsCut };
  noteLabels(note, "comparisons", { ...counts, tooLong, context: config.context });
  const prompts = policyPrompts(comparisons, tokenizer, config.context, spec.evaluationPrompts, note);
  const reference = openPolicy(tf, referenceModel, team);
  // The reference never changes: what it gives is computed once.
  const withReferences = (of: readonly ComparisonExample[]) => referencedPairs(reference, of, signal);
  const [train, heldOut] = await orDispose(
    reference.parameters,
    withReferences(examples.train).then(async (pairs) => [pairs, await withReferences(examples.heldOut)] as const),
  );
  const policy = openPolicy(tf, start, team);
  const order = exampleOrder(train.length, spec.batchSize, seed);

  const drift = async () => {
    const { maxNewTokens } = spec;
    const drawing = {
      policy,
      tokenizer,
      prompts: prompts.evaluation,
      maxNewTokens,
      seed: `${seed}/evaluation`,
      signal,
    };
    return driftFigures(await withReference(await drawAnswers(drawing), reference, signal));
  };
  const evaluate = async (pairs: readonly ReferencedPair[]) =>
    prefixed("heldout", { ...(await pairFigures(policy, pairs, signal)), ...(await drift()) });

  return {
    totalSteps: stepsOf(spec.epochs, train.length, spec.batchSize),
    parameters: policy.parameters,
    trains: () => true,
    async prepare(step) {
      const pairs = order.at(step).flatMap((index) => train[index] ?? []);
      const z = spec.objective.kind === "kto" ? await mismatchedKl(policy, reference, pairs, signal) : 0;
      const pieces = cutStep(pairs, spec.accumulate, team, weightIn(spec.objective));
      return { parts: pieces.map(({ rows, share }) => dpoPart(policy, rows, spec.objective, share, z)) };
    },
    evaluate: () => evaluate(heldOut.slice(0, glance)),
    async finish() {
      return {
        files: packModel({ ...start, weights: policy.parameters.read() }),
        metrics: { labels: train.length, labelsTooLong: tooLong, ...(await evaluate(heldOut)) },
      };
    },
    dispose() {
      policy.parameters.dispose();
      reference.parameters.dispose();
    },
  };
}

/** Σ log π over each answer. */
async function sequenceLogProbs(policy: Policy, sequences: readonly AnswerSequence[], signal: AbortSignal | undefined) {
  return (await answerLogProbsOf(policy, sequences, signal)).map(sumOf);
}

const bothSides = (examples: readonly ComparisonExample[]) => examples.flatMap(({ a, b }) => [a, b]);

async function referencedPairs(
  reference: Policy,
  examples: readonly ComparisonExample[],
  signal: AbortSignal | undefined,
): Promise<ReferencedPair[]> {
  const sums = await sequenceLogProbs(reference, bothSides(examples), signal);
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
  const examples = decided.map(({ example }) => example);
  const sums = await sequenceLogProbs(policy, bothSides(examples), signal);
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

/**
 * KTO's z: the batch's answers, each under its neighbour's prompt, estimate KL(π‖ref) without new samples; never below 0
 * (Ethayarajh et al. 2024, §4.1).
 */
async function mismatchedKl(
  policy: Policy,
  reference: Policy,
  pairs: readonly ReferencedPair[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const answers = bothSides(pairs.map(({ example }) => example));
  const mismatched = answers.map(({ ids, answerStart }, index): AnswerSequence => {
    const other = answers[(index + 2) % answers.length];
    const prompt = other?.ids.slice(0, other.answerStart) ?? [];
    return { ids: [...prompt, ...ids.slice(answerStart)].slice(0, policy.config.context), answerStart: prompt.length };
  });
  const own = await sequenceLogProbs(policy, mismatched, signal);
  const theirs = await sequenceLogProbs(reference, mismatched, signal);
  return Math.max(0, meanOf(own.map((sum, index) => sum - (theirs[index] ?? 0))));
}
