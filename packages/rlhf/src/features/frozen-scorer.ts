import type { ScorePart, ScorePartName } from "@touchstone/contracts";
import type { Engine } from "@touchstone/engine";
import { modelSha256 } from "../model/describe-model.ts";
import type { Files } from "../model/files.ts";
import type { RewardHead } from "../model/head.ts";
import { reportedScore } from "../model/heads.ts";
import { neededPolicy } from "../model/needed-models.ts";
import type { RewardScorer } from "../reward/reward-scorer.ts";
import { reasoned } from "../training-error.ts";
import { type AnswerRow, type BlockName, bagRow, denseRow } from "./blocks.ts";
import { answerRows } from "./feature-items.ts";
import { type FrozenModel, restedOn, unpackFrozen } from "./frozen-model.ts";
import { type FeatureCache, openStateReader } from "./state-reader.ts";

/** Characters of a hash that tell models apart in a sentence. */
const shownHash = 12;

/**
 * Scores answers by a head on frozen features.
 *
 * @param files its own, with those of the model that it rests on beside them (`withRestedOn`)
 * @throws TrainingError `wrong_model` naming the model that it rests on, where that is missing or another; `bad_model_files`
 */
export function openFrozenScorer(
  engine: Pick<Engine, "tf" | "fingerprint">,
  files: Files,
  cache?: FeatureCache,
): RewardScorer {
  const frozen = unpackFrozen(files);
  const { restsOn, context, head } = frozen;
  if (head.kind !== "reward") throw reasoned("policyAsReward");
  const base = restedOn(files);
  const named = { name: restsOn.name, sha256: restsOn.sha256.slice(0, shownHash) };
  if (base.size === 0) throw reasoned("restsOnMissing", named);
  const given = modelSha256(base);
  if (given !== restsOn.sha256) throw reasoned("restsOnOther", { ...named, given: given.slice(0, shownHash) });
  const reader = openStateReader(engine, neededPolicy(base, "policyOfReward"), restsOn.sha256, context);
  const blocks = [...frozen.weights.keys()];
  return {
    async score(items, signal, { parts = false } = {}) {
      const rows = await answerRows(reader, items, blocks, { signal, cache });
      return rows.map((row) => ({
        ...reportedScore(head, linearScore(frozen, row)),
        truncated: row.prompted?.truncated ?? false,
        ...(parts ? { parts: partsOf(frozen, head, row) } : {}),
      }));
    },
    dispose: () => reader.dispose(),
  };
}

/** Linear in its features, so each block of them has its share of the score. */
function partsOf({ bias, weights }: FrozenModel, { scale, offset }: RewardHead, row: AnswerRow): ScorePart[] {
  const ofBlocks = [...weights].map(([block, weight]) => ({
    part: partNames[block],
    value: scale * blockTerm(block, weight, row),
  }));
  return [{ part: "constant", value: offset + scale * bias }, ...ofBlocks];
}

/** What a block of features is called as a part of a score. */
const partNames = {
  length: "length",
  bag: "words",
  surface: "surface",
  likelihood: "likelihood",
  mean: "states",
  last: "lastState",
} as const satisfies Record<BlockName, ScorePartName>;

/** bias + Σ weight · feature of one answer. */
export function linearScore(
  { bias, weights }: { readonly bias: number; readonly weights: ReadonlyMap<BlockName, ArrayLike<number>> },
  answer: AnswerRow,
): number {
  let score = bias;
  for (const [block, weight] of weights) score += blockTerm(block, weight, answer);
  return score;
}

/** Σ weight · feature over one block. */
function blockTerm(block: BlockName, weight: ArrayLike<number>, answer: AnswerRow): number {
  let term = 0;
  if (block === "bag") {
    for (const [bucket, value] of bagRow(answer)) term += value * (weight[bucket] ?? 0);
    return term;
  }
  const row = denseRow(block, answer);
  if (row.length !== weight.length)
    throw new RangeError(`${block} has ${row.length} features and ${weight.length} weights`);
  for (let j = 0; j < weight.length; j++) term += (weight[j] ?? 0) * (row[j] ?? 0);
  return term;
}
