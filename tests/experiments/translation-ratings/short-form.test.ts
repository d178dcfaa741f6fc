import { describe, expect, it } from "vitest";
import { hasReferenceData } from "../../harness/reference-data.ts";
import { errorsOf } from "./errors.ts";
import { oneFold, recipe } from "./experiment.ts";
import { documentsOfFold, readTranslationRatings } from "./rows.ts";

describe.skipIf(!hasReferenceData)("a reward model from translators' ratings, documents held out", () => {
  it("errs less than the mean of all ratings and the rater's own mean, and less where it knows the raters", async () => {
    const ratings = await readTranslationRatings();
    expect(ratings).toHaveLength(7_890);
    const documents = documentsOfFold(ratings, 1, 3);
    const found = await oneFold(ratings, documents, recipe);
    // All but the few that are longer than the context.
    const heldOut = ratings.filter(({ document }) => documents.has(document));
    expect(found.length).toBeGreaterThan(0.98 * heldOut.length);
    expect(new Set(found.map(({ document }) => document))).toEqual(documents);
    const { mse } = errorsOf(found);
    expect(mse.modelForAnnotator.value).toBeLessThan(mse.mean.value);
    expect(mse.modelForAnnotator.value).toBeLessThan(mse.annotatorMean.value);
    expect(mse.modelForAnnotator.value).toBeLessThan(mse.model.value);
  });
});
