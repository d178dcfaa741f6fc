import { type ReportCard, type RewardSpec, reportCardFile } from "@touchstone/contracts";
import { meanOf } from "../arithmetic.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { Aspect, RewardHead } from "../model/head.ts";
import { initialWeights } from "../model/initial-weights.ts";
import { type Model, packModel } from "../model/model-files.ts";
import { neededPolicy } from "../model/needed-models.ts";
import { openParameters, type Parameters } from "../model/parameters.ts";
import { plainName } from "../model/weight-shapes.ts";
import type { Weights } from "../model/weights.ts";
import { alignedMembers, combinedScore } from "../reward/ensemble.ts";
import { lexicalTermOn, wordsOf } from "../reward/lexical-term.ts";
import { objectivePrefix } from "../reward/preference-likelihood.ts";
import { chooseReference, normalisationOn } from "../reward/reference-normalisation.ts";
import {
  likelihoodTermOn,
  memberNetworks,
  type RewardNetwork,
  scoreAspects,
  scoreSequences,
} from "../reward/reward-network.ts";
import { surfaceTermOn } from "../reward/surface-term.ts";
import { cutStep, type StepPiece } from "../training/cut-step.ts";
import { exampleOrder, stepsOf } from "../training/example-order.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { StepPart, Trainee } from "../training/trainee.ts";

/** The part of a step that some examples are, for one member. */
export type RewardPart<Example> = (network: RewardNetwork, piece: StepPiece<Example>) => StepPart;

/** What all reward trainers share: a policy's body, fresh heads of one model or an ensemble, and packing. */
export interface RewardScaffold {
  /** Of everything, the objective's own tensors included; the loop trains and keeps them. */
  readonly parameters: Parameters;
  /**
   * Each member's parts of each step, in an order of its own.
   * @param weightOf what an example weighs in the mean that its part's loss is
   * @param share of the step that these examples are
   */
  stepsOver<Example>(
    examples: readonly Example[],
    part: RewardPart<Example>,
    weightOf?: (example: Example) => number,
    share?: number,
  ): (step: number) => StepPart[];
  /**
   * What the loop is handed, whatever the objective.
   * @param examples that `spec.epochs` passes are made over
   */
  trainee(examples: number, parts: (step: number) => StepPart[], looks: Pick<Trainee, "evaluate" | "finish">): Trainee;
  /** Raw rewards: the members' mean. @throws TrainingError `cancelled` */
  scores(sequences: readonly AnswerSequence[]): Promise<number[]>;
  /** The same by each aspect's head: one row a sequence. */
  aspectScores(sequences: readonly AnswerSequence[]): Promise<number[][]>;
  /**
   * Normalises on the reference set (chosen from the training answers) and packs. `evaluation` becomes evaluation.json, the card a
   * file beside it.
   */
  pack(
    axis: Pick<RewardHead, "scale" | "offset">,
    evaluation: unknown,
    card: ReportCard,
  ): Promise<Map<string, Uint8Array>>;
}

/** The model whose body a reward model starts from. @throws TrainingError `wrong_model`, `bad_model_files` */
export function bodyFor({ models }: Pick<TraineeRequest, "models">): Model {
  return neededPolicy(models.policy, "policyOfReward");
}

/** @param trainingAnswers what the likelihood term and the normalisation are measured on */
export async function openRewardScaffold(
  spec: RewardSpec,
  request: TraineeRequest,
  policy: Model,
  trainingAnswers: readonly AnswerSequence[],
  { aspects, own = new Map() }: { readonly aspects?: readonly Aspect[]; readonly own?: Weights } = {},
): Promise<RewardScaffold> {
  const { signal, engine, seed, team } = request;
  const { tf } = engine;
  const { config, tokenizer } = policy;
  const { ensemble } = spec;
  const words = trainingAnswers.map((answer) => wordsOf(tokenizer, answer));
  const term = lexicalTermOn(words, spec.lexicalBuckets);
  const surface = spec.surface ? surfaceTermOn(words) : undefined;
  const shape = { kind: "reward" as const, lexical: term, surface, aspects, ensemble };
  const parameters = openParameters(tf, new Map([...initialWeights(config, shape, seed, policy.weights), ...own]));
  // Beside another term, a random head is only noise that the labels must first unlearn; in an ensemble, it is what members
  // disagree by where no label is near.
  if (!ensemble && (spec.likelihood > 0 || term || surface)) {
    const score = parameters.variable("score.weight");
    tf.tidy(() => score.assign(tf.zerosLike(score)));
  }
  const reference = chooseReference(trainingAnswers);
  const likelihood = await orDispose(
    parameters,
    likelihoodTermOn({ tf, parameters, config, team }, reference, spec.likelihood, signal),
  );
  const members = memberNetworks({
    ...{ tf, config, tokenizer, parameters, team, likelihood, lexical: term, surface, aspects },
    members: ensemble?.members ?? 1,
  });
  const memberScores = async (sequences: readonly AnswerSequence[]) => {
    const scores: number[][] = [];
    for (const member of members) scores.push(await scoreSequences(member, sequences, signal));
    return sequences.map((_, index) => scores.map((of) => of[index] ?? Number.NaN));
  };
  return {
    parameters,
    trainee: (examples, parts, looks) => ({
      totalSteps: stepsOf(spec.epochs, examples, spec.batchSize),
      parameters,
      trains: (name) => !spec.freezeBody || !policy.weights.has(plainName(name)),
      prepare: (step) => ({ parts: parts(step) }),
      ...looks,
      dispose: () => parameters.dispose(),
    }),
    stepsOver(examples, part, weightOf, share = 1) {
      const { batchSize, accumulate } = spec;
      const orders = members.map((_, member) =>
        exampleOrder(examples.length, batchSize, member === 0 ? seed : `${seed}/member/${member}`),
      );
      return (step) =>
        members.flatMap((network, member) => {
          const chosen = (orders[member]?.at(step) ?? []).flatMap((index) => examples[index] ?? []);
          return cutStep(chosen, accumulate, team, weightOf).map((piece) =>
            part(network, { ...piece, share: (share * piece.share) / members.length }),
          );
        });
    },
    scores: async (sequences) => (await memberScores(sequences)).map(meanOf),
    async aspectScores(sequences) {
      const rows: number[][][] = [];
      for (const member of members) rows.push(await scoreAspects(member, sequences, signal));
      return sequences.map((_, index) =>
        (rows[0]?.[index] ?? []).map((__, k) => meanOf(rows.map((of) => of[index]?.[k] ?? Number.NaN))),
      );
    },
    async pack({ scale, offset }, evaluation, card) {
      const rows = await memberScores(reference);
      const centres = members.map((_, member) => meanOf(rows.map((row) => row[member] ?? Number.NaN)));
      const combined = ensemble
        ? rows.map((row) =>
            combinedScore(
              alignedMembers(row, centres).map((raw) => offset + scale * raw),
              ensemble,
            ),
          )
        : rows.map(([raw = Number.NaN]) => offset + scale * raw);
      const head: RewardHead = {
        kind: "reward",
        objective: spec.objective.kind,
        scale,
        offset,
        ...(likelihood ? { likelihood } : {}),
        ...(term ? { lexical: term } : {}),
        ...(surface ? { surface } : {}),
        ...(aspects ? { aspects: [...aspects] } : {}),
        ...(ensemble ? { ensemble: { ...ensemble, centres } } : {}),
        normalisation: normalisationOn(reference, combined),
      };
      const weights = new Map([...parameters.read()].filter(([name]) => !name.startsWith(objectivePrefix)));
      const files = packModel({ config, head, tokenizer, weights });
      const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
      return files.set("evaluation.json", json(evaluation)).set(reportCardFile, json(card));
    },
  };
}
