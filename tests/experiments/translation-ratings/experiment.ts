import { type Recipe, rewardOn, startOn, withFold } from "../cross-validation/reward-from-rows.ts";
import { errorsOf, type Predicted, RatingRow } from "./errors.ts";
import { documentsOfFold, type TranslationRating } from "./rows.ts";

const folds = 5;
const seed = 1;
export const recipe: Recipe = { objective: { kind: "squared-error" } };

/** What raters will say of the translations of documents that none of the learned ratings is of. */
export async function translationRatings(ratings: readonly TranslationRating[], say: (line: string) => void) {
  const predictions: (Predicted & { readonly fold: number })[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const found = await oneFold(ratings, documentsOfFold(ratings, fold, folds), recipe);
    say(`fold ${fold}: squared error ${errorsOf(found).mse.modelForAnnotator.value.toFixed(3)} of ${found.length}`);
    predictions.push(...found.map((row) => ({ ...row, fold })));
  }
  return {
    seed,
    folds,
    recipe,
    raters: new Set(ratings.map(({ annotator }) => annotator)).size,
    all: errorsOf(predictions),
    byFold: Array.from({ length: folds }, (_, fold) => errorsOf(predictions.filter((row) => row.fold === fold)).mse),
  };
}

export async function oneFold(
  ratings: readonly TranslationRating[],
  documents: ReadonlySet<string>,
  settings: Recipe,
): Promise<Predicted[]> {
  const rows = withFold(ratings, ({ document }) => documents.has(document));
  const documentOf = new Map(rows.map(({ judgementId, document }) => [judgementId, document]));
  const predictions = await rewardOn(rows, await startOn(rows, seed), settings, seed, RatingRow);
  return predictions.map((row) => ({ ...row, document: documentOf.get(row.judgementId) ?? "" }));
}
