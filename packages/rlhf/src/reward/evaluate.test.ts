import { describe, expect, test } from "vitest";
import { fitAnnotatorEffects } from "../objectives/annotator-effects.ts";
import { trainBigramBaseline } from "./bigram-baseline.ts";
import { clusteredMean } from "./clustered-interval.ts";
import { comparisonFigures } from "./evaluate-comparisons.ts";
import { ratingFigures, ratingPredictions } from "./evaluate-ratings.ts";

describe("clustered intervals", () => {
  test("copies of one value in a cluster add nothing: the interval is that of the clusters", () => {
    const four = [0, 1, 1, 0].map((value, i) => ({ cluster: `c${i}`, value }));
    const copied = four.flatMap((row) => Array.from({ length: 25 }, () => row));
    expect(clusteredMean(copied)).toEqual(clusteredMean(four));
    // Mean ½, residuals ±½: standard error √(4·¼ · 4/3) / 4.
    expect(clusteredMean(four).high).toBeCloseTo(0.5 + 1.96 * (Math.sqrt(4 / 3) / 4), 9);
  });

  test("one cluster says nothing of the spread", () => {
    expect(clusteredMean([{ cluster: "c", value: 1 }])).toEqual({
      mean: 1,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    });
  });
});

test("the bigram baseline finds a planted word and a planted order, and nothing where there is nothing", () => {
  const fillers = ["red", "green", "blue", "cold", "warm", "tall"];
  const pick = (i: number) => `${fillers[i % 6]} ${fillers[(i * 5 + 1) % 6]}`;
  const word = trainBigramBaseline(
    Array.from({ length: 60 }, (_, i) => ({ a: `${pick(i)} gold`, b: `${pick(i + 3)} lead`, target: 1, weight: 1 })),
  );
  expect(word("a gold one")).toBeGreaterThan(word("a lead one"));
  const order = trainBigramBaseline(
    Array.from({ length: 60 }, (_, i) => ({
      a: `${pick(i)} 先吃后玩`,
      b: `${pick(i)} 先玩后吃`,
      target: 1,
      weight: 1,
    })),
  );
  expect(order("先吃后玩")).toBeGreaterThan(order("先玩后吃"));
  const nothing = trainBigramBaseline([{ a: "same", b: "same", target: 1, weight: 1 }]);
  expect(nothing("same")).toBe(0);
});

test("comparisons: ties are left out, equal scores are half right, baselines stand on the same pairs", () => {
  const row = (promptId: string, outcome: number, model: number, longer: number) => ({
    judgementId: "j",
    promptId,
    outcome,
    model,
    untrained: -model,
    longer,
    bigram: 0,
  });
  const figures = comparisonFigures([row("p", 3, 2, -1), row("p", -1, -1, -5), row("q", 1, 0, 4), row("q", 0, 9, 9)]);
  expect(figures["heldout.comparisons"]).toBe(3);
  expect(figures["heldout.accuracy"]).toBeCloseTo(2.5 / 3, 9);
  expect(figures["baseline.longer.accuracy"]).toBeCloseTo(2 / 3, 9);
  expect(figures["baseline.bigram.accuracy"]).toBe(0.5);
  expect(figures["baseline.untrained.accuracy"]).toBeCloseTo(0.5 / 3, 9);
  expect(figures["heldout.lead.untrained"]).toBeCloseTo(2 / 3, 9);
  expect(figures["heldout.accuracy.strength3"]).toBe(1);
  expect(figures["heldout.lead.longer"]).toBeCloseTo(0.5 / 3, 9);
});

test("the interval of a share stays within 0 and 1, and that of a lead within −1 and 1", () => {
  const rows = ["p", "q", "r", "s"].map((promptId, place) => ({
    judgementId: "j",
    promptId,
    outcome: 1,
    model: place === 0 ? -1 : 1,
    untrained: place === 0 ? 1 : -1,
    longer: 0,
    bigram: 0,
  }));
  const figures = comparisonFigures(rows);
  expect(figures["heldout.accuracy"]).toBe(0.75);
  // ¾ + 1.96 · ¼ = 1.24 would be more pairs than there are.
  expect(figures["heldout.accuracy.high"]).toBe(1);
  expect(figures["heldout.accuracy.low"]).toBeCloseTo(0.75 - 1.96 * 0.25, 9);
  expect(figures["heldout.lead.untrained.high"]).toBe(1);
});

test("ratings: squared errors on the original scale beside annotator, item and overall means", () => {
  const origin = { promptId: "p", prompt: [], split: "test" as const, weight: 1, kind: "rating" as const };
  const rating = (annotator: string, item: string, score: number) => ({
    sequence: { ids: [], answerStart: 0, promptCut: false },
    label: {
      ...origin,
      judgementId: `${annotator}${item}`,
      annotator,
      score,
      completion: { completionId: item, text: item },
    },
  });
  const train = [rating("mild", "x", 5), rating("mild", "y", 3), rating("harsh", "x", 3), rating("harsh", "y", 1)];
  const heldOut = [rating("mild", "long", 5), rating("harsh", "long", 3), rating("mild", "z", 2)];
  const effects = fitAnnotatorEffects(train.map(({ label }) => ({ ...label, item: label.completion.completionId })));
  const figures = ratingFigures(ratingPredictions(heldOut, [4, 4, 2], [2, 2, 4], train, effects));
  expect(figures["baseline.mean.mse"]).toBeCloseTo((4 + 0 + 1) / 3, 9);
  expect(figures["baseline.annotator.mse"]).toBeCloseTo((1 + 1 + 4) / 3, 9);
  // "long" has one other rater each, "z" none: it falls back to the overall mean 3.
  expect(figures["baseline.item.mse"]).toBeCloseTo((4 + 4 + 1) / 3, 9);
  expect(figures["heldout.accuracy"]).toBe(1);
  expect(figures["baseline.untrained.accuracy"]).toBe(0);
  expect(figures["baseline.longer.accuracy"]).toBe(1);
  expect(figures["heldout.mse"]).toBeLessThan(1);
});
