import type { TensorFlow } from "@touchstone/engine";
import { meanOf } from "../arithmetic.ts";
import { logSigmoid } from "../objectives/logistic.ts";
import { bigramBuckets } from "../reward/bigram-baseline.ts";
import { type ClusteredMean, clusteredMean } from "../reward/clustered-interval.ts";
import { type AnswerRow, type BlockName, blockNames } from "./blocks.ts";
import { groupedFolds } from "./folds.ts";
import { type BlockTable, blockTable, gramOf } from "./grams.ts";
import { fitRidgeLogit, type Gram, type SoftPair } from "./ridge-logit.ts";

/** What a head reads, and whether it is fitted on what length and bigrams leave over. */
export interface FrozenRecipe {
  readonly id: string;
  readonly name: string;
  readonly blocks: readonly BlockName[];
  readonly residual: boolean;
}

const base: readonly BlockName[] = ["length", "bag"];

/** From the plainest: of two that are equally good the one that reads less is taken. */
export const recipes: readonly FrozenRecipe[] = [
  { id: "base", name: "length and bigrams", blocks: [], residual: true },
  { id: "writing", name: "how it is written", blocks: ["surface"], residual: true },
  { id: "likelihood", name: "likelihood", blocks: ["surface", "likelihood"], residual: true },
  { id: "mean", name: "mean states", blocks: ["surface", "likelihood", "mean"], residual: true },
  { id: "meanLast", name: "mean and last states", blocks: ["surface", "likelihood", "mean", "last"], residual: true },
  { id: "meanAlone", name: "mean states alone", blocks: ["surface", "likelihood", "mean"], residual: false },
  {
    id: "meanLastAlone",
    name: "mean and last states alone",
    blocks: ["surface", "likelihood", "mean", "last"],
    residual: false,
  },
];

/** C of the ridge: three powers of ten around 0.01, at which heads on frozen states are about as free as some thousand pairs allow. */
const strengths = [1e-4, 1e-3, 1e-2, 1e-1];

/** Enough to tell recipes apart; the head that is kept is fitted to the end. */
const roughly = 1e-3;

/** One pair with the cluster that it belongs to. */
export interface ClusteredPair extends Omit<SoftPair, "offset"> {
  readonly cluster: string;
}

/** How a recipe did on clusters that it was not fitted on. */
export interface TriedRecipe {
  /** Its id. */
  readonly recipe: string;
  /** C at which its log-loss was least. */
  readonly strength: number;
  /** Mean −log P of the votes, in nats. */
  readonly logLoss: number;
  /** Share of the decided pairs whose preferred answer scores higher. */
  readonly accuracy: number;
}

export interface ChosenHead {
  readonly recipe: FrozenRecipe;
  readonly strength: number;
  readonly folds: number;
  /** Best first. */
  readonly tried: readonly TriedRecipe[];
  /** How much more often it is right than length and bigrams, on clusters that neither was fitted on; interval by cluster. */
  readonly lead: ClusteredMean;
  /** The same over the next best recipe. */
  readonly leadOverNext: ClusteredMean;
  /** score = bias + Σ weight · feature over the blocks that have weights. */
  readonly weights: ReadonlyMap<BlockName, Float64Array>;
  readonly bias: number;
}

export interface ChoiceRequest {
  readonly tf: TensorFlow;
  /** Of the training pairs. */
  readonly answers: readonly AnswerRow[];
  readonly pairs: readonly ClusteredPair[];
  readonly folds: number;
  /** Called between two fits, with how many are done. */
  onFit?(done: number, total: number): void | Promise<void>;
}

/** Fits in a whole choice, for progress. */
export function fitsOf(folds: number): number {
  return strengths.length * folds * recipes.length + 2;
}

/**
 * Chooses among recipes and strengths by grouped cross-validation: whole clusters are left out, and the least log-loss on them
 * wins. What length and bigrams predict of a pair always comes from a fit without its cluster, so that a head never learns on
 * the residual of what was learned by heart (Wolpert 1992).
 */
export async function chooseHead({ tf, answers, pairs, folds: wanted, onFit }: ChoiceRequest): Promise<ChosenHead> {
  const { folds, of } = groupedFolds(
    pairs.map(({ cluster }) => cluster),
    wanted,
  );
  const tables = new Map<BlockName, BlockTable>();
  const tableOf = (block: BlockName) => {
    const known = tables.get(block);
    if (known) return known;
    const made = blockTable(tf, block, answers, bigramBuckets);
    tables.set(block, made);
    return made;
  };
  const tablesOf = (blocks: readonly BlockName[]) => blocks.map(tableOf);
  let done = 0;
  const fitted = async () => onFit?.(++done, fitsOf(folds));

  /** What is predicted of each pair by the fit without its fold. */
  const outOfFold = async (gram: Gram, offsets: readonly number[], strength: number) => {
    const predicted = pairs.map(() => 0);
    for (let fold = 0; fold < folds; fold++) {
      const rows = pairs.flatMap((pair, i) => (of[i] === fold ? [] : [{ ...pair, offset: offsets[i] ?? 0 }]));
      const { scores } = fitRidgeLogit(gram, rows, strength, roughly);
      for (const [i, { a, b }] of pairs.entries()) {
        if (of[i] === fold) predicted[i] = (offsets[i] ?? 0) + (scores[a] ?? 0) - (scores[b] ?? 0);
      }
      await fitted();
    }
    return predicted;
  };
  const bestOf = async (recipe: string, gram: Gram, offsets: readonly number[]): Promise<Candidate> => {
    const found: Candidate[] = [];
    for (const strength of strengths) {
      const predicted = await outOfFold(gram, offsets, strength);
      found.push({ recipe, strength, predicted, ...figuresOf(pairs, predicted) });
    }
    return leastLoss(found);
  };

  const none = pairs.map(() => 0);
  const baseGram = gramOf(tablesOf(base), answers.length);
  const plain = await bestOf("base", baseGram, none);
  const candidates = [plain];
  for (const recipe of recipes.slice(1)) {
    const offsets = recipe.residual ? plain.predicted : none;
    candidates.push(await bestOf(recipe.id, gramOf(tablesOf(recipe.blocks), answers.length), offsets));
  }
  const winner = leastLoss(candidates);
  const next = leastLoss(candidates.filter((one) => one !== winner));
  const recipe = recipes.find(({ id }) => id === winner.recipe);
  if (!recipe) throw new RangeError("a candidate is one of the recipes");

  const parts: { table: BlockTable; block: BlockName; beta: Float64Array }[] = [];
  const keep = (blocks: readonly BlockName[], gram: Gram, offsets: readonly number[], strength: number) => {
    const rows = pairs.map((pair, i) => ({ ...pair, offset: offsets[i] ?? 0 }));
    const { beta } = fitRidgeLogit(gram, rows, strength);
    for (const block of blocks) parts.push({ table: tableOf(block), block, beta });
  };
  if (recipe.residual) keep(base, baseGram, none, plain.strength);
  await fitted();
  if (recipe.blocks.length > 0) {
    const offsets = recipe.residual ? plain.predicted : none;
    keep(recipe.blocks, gramOf(tablesOf(recipe.blocks), answers.length), offsets, winner.strength);
  }
  await fitted();
  const made = parts.map(({ table, block, beta }) => ({ block, ...table.weights(beta) }));
  return {
    recipe,
    strength: winner.strength,
    folds,
    tried: candidates
      .toSorted((x, y) => x.logLoss - y.logLoss)
      .map(({ recipe: id, strength, logLoss, accuracy }) => ({ recipe: id, strength, logLoss, accuracy })),
    lead: leadOf(pairs, winner, plain),
    leadOverNext: leadOf(pairs, winner, next),
    weights: new Map(
      blockNames.flatMap((name) => made.filter(({ block }) => block === name).map(({ weight }) => [name, weight])),
    ),
    bias: made.reduce((sum, { bias }) => sum + bias, 0),
  };
}

interface Candidate extends TriedRecipe {
  readonly predicted: readonly number[];
}

/** The first of those with the least log-loss. */
function leastLoss(candidates: readonly Candidate[]): Candidate {
  const [first, ...rest] = candidates;
  if (!first) throw new RangeError("there is a candidate");
  return rest.reduce((best, one) => (one.logLoss < best.logLoss ? one : best), first);
}

function figuresOf(pairs: readonly ClusteredPair[], predicted: readonly number[]) {
  let [loss, votes] = [0, 0];
  for (const [i, { target, weight }] of pairs.entries()) {
    const d = predicted[i] ?? 0;
    loss -= weight * (target * logSigmoid(d) + (1 - target) * logSigmoid(-d));
    votes += weight;
  }
  const rights = pairs.flatMap((pair, i) => rightOf(pair, predicted[i] ?? 0) ?? []);
  return { logLoss: loss / votes, accuracy: meanOf(rights) };
}

/** 1, ½ or 0; nothing of a pair whose votes are even. */
function rightOf({ target }: ClusteredPair, d: number): number | undefined {
  if (target === 0.5) return undefined;
  return (1 + Math.sign(d) * Math.sign(target - 0.5)) / 2;
}

function leadOf(pairs: readonly ClusteredPair[], one: Candidate, other: Candidate): ClusteredMean {
  const rows = pairs.flatMap((pair, i) => {
    const [first, second] = [one, other].map(({ predicted }) => rightOf(pair, predicted[i] ?? 0));
    return first === undefined || second === undefined ? [] : [{ cluster: pair.cluster, value: first - second }];
  });
  return clusteredMean(rows, [-1, 1]);
}
