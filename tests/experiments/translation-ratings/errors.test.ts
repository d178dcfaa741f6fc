import { describe, expect, it } from "vitest";
import { errorsOf } from "./errors.ts";
import { qualityOf } from "./rows.ts";

describe("errors of guessed ratings", () => {
  it("are squared, averaged over ratings and compared rating by rating; a root is that of the mean", () => {
    const guesses = { model: 3, mean: 4, annotatorMean: 5, itemMean: 1 };
    const rows = [
      { ...guesses, judgementId: "1", document: "x", score: 3, modelForAnnotator: 2 },
      { ...guesses, judgementId: "2", document: "y", score: 5, modelForAnnotator: 2 },
    ];
    const { ratings, documents, mse, rmse, difference } = errorsOf(rows);
    expect([ratings, documents]).toEqual([2, 2]);
    expect(mse.modelForAnnotator.value).toBe(5); // (1 + 9) / 2
    expect(rmse.modelForAnnotator.value).toBe(Math.sqrt(5));
    expect(mse.itemMean.value).toBe(10); // (4 + 16) / 2
    expect(difference.itemMean.value).toBe(-5);
    // Residuals of two documents, 4 each: √(2 · 32) / 2 = 4.
    expect(mse.modelForAnnotator.high).toBeCloseTo(5 + 1.96 * 4, 10);
  });
});

describe("a penalty", () => {
  it("takes a point for each major error's worth of errors, down to the worst", () => {
    expect([0, 1, 5, 6.1, 20, 25].map(qualityOf)).toEqual([5, 4.8, 4, 5 - 6.1 / 5, 1, 1]);
  });
});
