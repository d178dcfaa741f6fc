import { expect, test } from "vitest";
import { type AnnotatedRating, adjustedRating, fitAnnotatorEffects } from "./annotator-effects.ts";

/** 60 items of known quality, rated by a harsh, a kind, a flat and a plain annotator. */
const qualities = Array.from({ length: 60 }, (_, i) => 2 + ((i * 7) % 60) / 30);
const people = { harsh: [-0.8, 1], kind: [0.8, 1], flat: [0, 0.4], plain: [0, 1] } as const;
const trueMean = qualities.reduce((a, b) => a + b) / qualities.length;
const ratings: AnnotatedRating[] = Object.entries(people).flatMap(([annotator, [bias, scale]], p) =>
  qualities.map((quality, i) => ({
    annotator,
    item: `item-${i}`,
    // A fixed ripple of ±0.2 stands for noise.
    score: trueMean + bias + scale * (quality - trueMean) + 0.2 * Math.sin(i * 3 + p * 2),
  })),
);
const fitted = fitAnnotatorEffects(ratings);

test("a harsh and a kind annotator are told apart, shrunk towards no bias", () => {
  const bias = (id: string) => fitted.annotators.get(id)?.bias ?? Number.NaN;
  expect(bias("harsh")).toBeLessThan(-0.7);
  expect(bias("harsh")).toBeGreaterThan(-0.8);
  expect(bias("kind")).toBeGreaterThan(0.7);
  expect(bias("kind")).toBeLessThan(0.8);
});

test("who uses half the scale is given a small scale", () => {
  const scale = (id: string) => fitted.annotators.get(id)?.scale ?? Number.NaN;
  expect(scale("flat")).toBeLessThan(0.65);
  expect(scale("plain")).toBeGreaterThan(0.9);
});

test("adjusted ratings lie nearer to the true quality than raw ones", () => {
  const error = (value: (rating: AnnotatedRating) => number) =>
    ratings.reduce((sum, rating, i) => sum + (value(rating) - (qualities[i % 60] ?? 0)) ** 2, 0) / ratings.length;
  const raw = error((rating) => rating.score);
  expect(error((rating) => adjustedRating(fitted, rating.annotator, rating.score))).toBeLessThan(raw / 3);
});

test("an annotator with one rating stays near neutral", () => {
  const { annotators } = fitAnnotatorEffects([...ratings, { annotator: "new", item: "item-0", score: 5 }]);
  expect(Math.abs(annotators.get("new")?.bias ?? Number.NaN)).toBeLessThan(0.8);
  expect(annotators.get("new")?.scale).toBeGreaterThan(0.7);
});

test("a stranger's rating is taken as it is, and no ratings at all is an error", () => {
  expect(adjustedRating(fitted, "nobody", 4)).toBe(4);
  expect(() => fitAnnotatorEffects([])).toThrow(RangeError);
});
