import type { Rank, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig, ScorePartName } from "@touchstone/contracts";
import { type TensorFlow, tokenLogProbs } from "@touchstone/engine";
import { meanOf } from "../arithmetic.ts";
import { type AnswerRows, answerRows } from "../model/answer-rows.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { lastPositions, withoutPadding } from "../model/batch.ts";
import { hiddenStates } from "../model/decoder.ts";
import type { Aspect, LexicalTerm, LikelihoodTerm, SurfaceTerm } from "../model/head.ts";
import { languageModelLogits, rewardScores, rowsOf } from "../model/heads.ts";
import { memberParameters } from "../model/member-parameters.ts";
import type { Parameters } from "../model/parameters.ts";
import { perAnswer } from "../model/per-answer.ts";
import { valuesOf } from "../model/values-of.ts";
import { inPieces } from "../parallel/in-pieces.ts";
import { alone, type Team } from "../parallel/team.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { hearCancel } from "../training/hear-cancel.ts";
import { lexicalParts, wordsOf } from "./lexical-term.ts";
import { surfaceRewards } from "./surface-term.ts";

/** A reward model inside the engine. */
export interface RewardNetwork {
  readonly tf: TensorFlow;
  readonly parameters: Parameters;
  readonly config: ModelConfig;
  /** The tokenizer's token that is taken off either end of a row; absent if it has none. */
  readonly pad: number | undefined;
  /** Absent: the scalar head alone. */
  readonly likelihood: LikelihoodTerm | undefined;
  /** Absent: the network alone. */
  readonly lexical?: { readonly term: LexicalTerm; readonly tokenizer: Tokenizer } | undefined;
  /** Absent: how an answer is written has no weight of its own. */
  readonly surface?: { readonly term: SurfaceTerm; readonly tokenizer: Tokenizer } | undefined;
  /** Weight of each aspect's head in the reward; absent: one head, which is the reward. */
  readonly aspectWeights?: readonly number[] | undefined;
  /** The threads that share long passes over it, all of which hold it; absent: this one alone. */
  readonly team?: Team | undefined;
}

/** What of a reward model is the same in all of its members. */
interface Shared extends Pick<RewardNetwork, "tf" | "config" | "likelihood" | "team"> {
  /** Of all members, under their names in the model's files. */
  readonly parameters: Parameters;
  readonly tokenizer: Tokenizer;
  readonly lexical: LexicalTerm | undefined;
  readonly surface: SurfaceTerm | undefined;
  readonly aspects: readonly Pick<Aspect, "weight">[] | undefined;
  /** 1 where there is no ensemble. */
  readonly members: number;
}

/** The network of each member; a model that is no ensemble has one. */
export function memberNetworks({ tokenizer, parameters, lexical, surface, aspects, members, ...rest }: Shared) {
  return Array.from(
    { length: members },
    (_, member): RewardNetwork => ({
      ...rest,
      parameters: memberParameters(parameters, member),
      pad: tokenizer.special.pad,
      lexical: lexical && { term: lexical, tokenizer },
      surface: surface && { term: surface, tokenizer },
      aspectWeights: aspects?.map(({ weight }) => weight),
    }),
  );
}

/** Raw reward of each sequence, differentiable, (B): its one head, or the weighted sum of its aspects. */
export function sequenceRewards(network: RewardNetwork, padded: readonly AnswerSequence[]): Tensor1D {
  const { tf, aspectWeights: weights } = network;
  const aspects = aspectRewards(network, padded);
  const sum = weights ? tf.matMul(aspects, tf.tensor2d([...weights], [weights.length, 1])) : aspects;
  return tf.reshape<Rank.R1>(sum, [-1]);
}

/**
 * Raw reward of each sequence by each head, differentiable, (B, heads): a scalar head on the last token that is no padding (Stiennon et al. 2020),
 * plus the standardised mean log-likelihood of the answer under the same decoder, which is the implicit reward of SimPO (Meng
 * et al. 2024, eq. 4). A language model knows much of what makes an answer good; the head alone would need tens of thousands
 * of labels to read it off one hidden state.
 */
export function aspectRewards(network: RewardNetwork, padded: readonly AnswerSequence[]): Tensor2D {
  return sumOfTerms(network.tf, rewardTerms(network, padded));
}

/** What a raw reward is the sum of, by each head: all (B, heads), the likelihood's (B, 1), as it is the same for all heads. */
interface RewardTerms {
  readonly network: Tensor2D;
  readonly lexical: { readonly words: Tensor2D; readonly length: Tensor2D } | undefined;
  readonly surface: Tensor2D | undefined;
  readonly likelihood: Tensor2D | undefined;
}

function rewardTerms(network: RewardNetwork, padded: readonly AnswerSequence[]): RewardTerms {
  const { tf, parameters, config, pad, likelihood, lexical, surface } = network;
  const sequences = padded.map((sequence) => withoutPadding(sequence, pad));
  const wordsBy = (tokenizer: Tokenizer) => sequences.map((sequence) => wordsOf(tokenizer, sequence));
  const rows = answerRows(sequences);
  const hidden = hiddenStates(tf, parameters, config, rows.batch); // (B·T, d)
  return {
    network: rewardScores(tf, parameters, rowsOf(tf, hidden, lastPositions(rows.batch))),
    lexical: lexical && lexicalParts(tf, parameters, lexical.term, wordsBy(lexical.tokenizer)),
    surface: surface && surfaceRewards(tf, parameters, surface.term, wordsBy(surface.tokenizer)),
    likelihood: likelihood && likelihoodReward(likelihood),
  };

  function likelihoodReward({ weight, mean, standardDeviation }: LikelihoodTerm): Tensor2D {
    const standardised = tf.div(tf.sub(meanLogProbs(network, hidden, rows), mean), standardDeviation);
    return tf.expandDims(tf.mul(standardised, weight), 1);
  }
}

/** Words and length first: sums in this order have had these bits from the first. */
function sumOfTerms(tf: TensorFlow, { network, lexical, surface, likelihood }: RewardTerms): Tensor2D {
  const withWords = lexical ? tf.add<Tensor2D>(network, tf.add(lexical.words, lexical.length)) : network;
  const head = surface ? tf.add<Tensor2D>(withWords, surface) : withWords;
  return likelihood ? tf.add<Tensor2D>(head, likelihood) : head;
}

/** (1/|y|) Σ log π(y_t | x, y_<t) of each answer, its end included. (B) */
function meanLogProbs(
  { tf, parameters, config }: Pick<RewardNetwork, "tf" | "parameters" | "config">,
  hidden: Tensor2D,
  rows: AnswerRows,
): Tensor1D {
  const logits = languageModelLogits(tf, parameters, config, rowsOf(tf, hidden, rows.states)); // (N, vocab)
  return perAnswer(tf, tokenLogProbs(tf, logits, tf.tensor1d(rows.tokens, "int32")), rows, "mean");
}

/** Sequences scored at a time: bounds memory. */
const batchSize = 32;

/**
 * Rewards of any number of sequences, as numbers. Equal ones, such as an answer that stands in several comparisons, are run
 * once; neighbours in length share a batch, so little is spent on padding.
 * @throws TrainingError `cancelled`
 */
export async function scoreSequences(
  network: RewardNetwork,
  sequences: readonly AnswerSequence[],
  signal?: AbortSignal,
): Promise<number[]> {
  const rows = await perSequence(network.team, sequences, signal, (batch) =>
    valuesOf(network.tf, () => sequenceRewards(network, batch)),
  );
  return rows.map(([value = Number.NaN]) => value);
}

/** The same by each head: one row a sequence. @throws TrainingError `cancelled` */
export function scoreAspects(
  network: RewardNetwork,
  sequences: readonly AnswerSequence[],
  signal?: AbortSignal,
): Promise<number[][]> {
  return perSequence(network.team, sequences, signal, (batch) =>
    valuesOf(network.tf, () => aspectRewards(network, batch)),
  );
}

/** What a reward network adds up, in the order of `scoreWithParts`. */
export function partsOfNetwork({ lexical, surface, likelihood }: RewardNetwork): ScorePartName[] {
  return [
    "network",
    ...(lexical ? (["words", "length"] as const) : []),
    ...(surface ? (["surface"] as const) : []),
    ...(likelihood ? (["likelihood"] as const) : []),
  ];
}

/** A raw reward by each head, and the same of each part whose sum it is. */
export interface RewardInParts {
  /** (heads) */
  readonly heads: readonly number[];
  /** (parts, heads), in the order of `partsOfNetwork` */
  readonly parts: readonly (readonly number[])[];
}

/** Rewards with what they are made of, in the one pass that makes both. @throws TrainingError `cancelled` */
export async function scoreWithParts(
  network: RewardNetwork,
  sequences: readonly AnswerSequence[],
  signal?: AbortSignal,
): Promise<RewardInParts[]> {
  const { tf } = network;
  const count = partsOfNetwork(network).length;
  const rows = await perSequence(network.team, sequences, signal, (batch) =>
    valuesOf(tf, () => {
      const terms = rewardTerms(network, batch);
      const { network: own, lexical, surface, likelihood } = terms;
      // The likelihood is the same for every head.
      const wide = likelihood && tf.mul<Tensor2D>(tf.onesLike(own), likelihood);
      const parts = [own, lexical?.words, lexical?.length, surface, wide].flatMap((part) => part ?? []);
      return tf.concat([sumOfTerms(tf, terms), ...parts], 1); // (B, (1 + parts) · heads)
    }),
  );
  return rows.map((row) => {
    const heads = row.length / (1 + count);
    const slice = (at: number) => row.slice(at * heads, (at + 1) * heads);
    return { heads: slice(0), parts: Array.from({ length: count }, (_, part) => slice(part + 1)) };
  });
}

/**
 * Measures the likelihood term on answers, so that it starts with mean 0 and deviation 1 there.
 * @param weight of the term in the reward; 0 gives none
 * @throws TrainingError `cancelled`
 */
export async function likelihoodTermOn(
  network: Pick<RewardNetwork, "tf" | "parameters" | "config" | "team">,
  answers: readonly AnswerSequence[],
  weight: number,
  signal?: AbortSignal,
): Promise<LikelihoodTerm | undefined> {
  if (weight === 0) return undefined;
  const { tf, parameters, config } = network;
  const rows = await perSequence(network.team, answers, signal, (batch) =>
    valuesOf(tf, () => {
      const places = answerRows(batch);
      return meanLogProbs(network, hiddenStates(tf, parameters, config, places.batch), places);
    }),
  );
  const likelihoods = rows.flat();
  const mean = meanOf(likelihoods);
  const variance = meanOf(likelihoods.map((value) => (value - mean) ** 2));
  return { weight, mean, standardDeviation: Math.max(Math.sqrt(variance), 1e-3) };
}

/** One row of values a sequence, in their order. */
async function perSequence(
  team: Team = alone,
  sequences: readonly AnswerSequence[],
  signal: AbortSignal | undefined,
  compute: (batch: readonly AnswerSequence[]) => Float32Array,
): Promise<number[][]> {
  const keys = sequences.map(({ ids, answerStart }) => `${answerStart} ${ids.join(" ")}`);
  const different = [...new Map(sequences.map((sequence, index) => [keys[index] ?? "", sequence]))];
  different.sort(([, x], [, y]) => x.ids.length - y.ids.length);
  const rows = await inPieces(team, different, batchSize, async (piece) => {
    await hearCancel(signal);
    const values = compute(piece.map(([, sequence]) => sequence));
    const width = values.length / piece.length;
    return piece.map((_, row) => [...values.subarray(row * width, (row + 1) * width)]);
  });
  const found = new Map(different.map(([key], index) => [key, rows[index] ?? []]));
  return keys.map((key) => found.get(key) ?? []);
}
