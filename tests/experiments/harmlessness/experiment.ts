import type { Comparison } from "@touchstone/contracts";
import { compared } from "../cross-validation/compared.ts";
import { ComparisonRow, type Recipe, rewardOn, startOn, withFold } from "../cross-validation/reward-from-rows.ts";
import { foldOf } from "./rows.ts";

export const folds = 5;
const seed = 1;
/** Of a thousand pairs, one pass is too few: chosen on inner folds (docs/results.md). */
export const recipe: Recipe = { epochs: 3 };

/** Which of two answers people found less harmful, told of conversations that began otherwise than any learned from. */
export async function harmlessness(pairs: readonly Comparison[], say: (line: string) => void) {
  const predictions: (ComparisonRow & { readonly fold: number })[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const found = await oneFold(pairs, fold, recipe);
    say(`fold ${fold}: ${compared(found).accuracy.model.value.toFixed(3)} of ${found.length}`);
    predictions.push(...found.map((row) => ({ ...row, fold })));
  }
  return {
    seed,
    folds,
    recipe,
    pairs: pairs.length,
    all: compared(predictions),
    byFold: Array.from({ length: folds }, (_, fold) => compared(predictions.filter((row) => row.fold === fold))),
  };
}

export async function oneFold(pairs: readonly Comparison[], fold: number, settings: Recipe): Promise<ComparisonRow[]> {
  const rows = withFold(pairs, (row) => foldOf(row, folds) === fold);
  return rewardOn(rows, await startOn(rows, seed), settings, seed, ComparisonRow);
}
