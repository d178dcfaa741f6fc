import { describe, expect, test } from "vitest";
import { type AnnotatorHabits, judgePair, rate, type SimulatedAnnotator, simulatedAnnotator } from "./annotators.ts";
import { practiceRandom } from "./random.ts";

const crowd = Array.from({ length: 40 }, (_, i) => simulatedAnnotator(i));
const random = practiceRandom("pairs");
const pairs = Array.from({ length: 400 }, (_, i) => ({
  left: { id: `l${i}`, utility: random.uniform() },
  right: { id: `r${i}`, utility: random.uniform() },
}));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** +1 left, −1 right, 0 tie or both bad. */
function direction(annotator: SimulatedAnnotator, pair: (typeof pairs)[number]): number {
  const answer = judgePair(annotator, pair.left, pair.right);
  return answer.choice === "graded" ? Math.sign(4 - answer.step) : 0;
}

const withHabits = (habits: Partial<AnnotatorHabits>): SimulatedAnnotator => ({
  seed: "built",
  name: "built",
  habits: {
    taste: 0,
    noise: 0,
    positionBias: 0,
    carelessness: 0,
    leniency: 0,
    spread: 1,
    tieBelow: 0.05,
    badBelow: 0.1,
    ...habits,
  },
});

test("the same annotator answers the same question the same way, another one need not", () => {
  for (const pair of pairs.slice(0, 50)) {
    expect(judgePair(simulatedAnnotator(3), pair.left, pair.right)).toEqual(
      judgePair(simulatedAnnotator(3), pair.left, pair.right),
    );
    expect(rate(simulatedAnnotator(3), pair.left)).toEqual(rate(simulatedAnnotator(3), pair.left));
  }
  const answers = crowd.map((annotator) =>
    JSON.stringify(pairs.slice(0, 30).map((pair) => judgePair(annotator, pair.left, pair.right))),
  );
  expect(new Set(answers).size).toBe(crowd.length);
});

describe("without noise", () => {
  const perfect = withHabits({});
  const pair = (left: number, right: number) =>
    judgePair(perfect, { id: "a", utility: left }, { id: "b", utility: right });

  test("the seven steps follow the difference, and two poor answers are both bad", () => {
    expect(pair(0.9, 0.2)).toEqual({ choice: "graded", step: 1 });
    expect(pair(0.9, 0.6)).toEqual({ choice: "graded", step: 2 });
    expect(pair(0.9, 0.8)).toEqual({ choice: "graded", step: 3 });
    expect(pair(0.9, 0.88)).toEqual({ choice: "graded", step: 4 });
    expect(pair(0.8, 0.9)).toEqual({ choice: "graded", step: 5 });
    expect(pair(0.2, 0.9)).toEqual({ choice: "graded", step: 7 });
    expect(pair(0.02, 0.05)).toEqual({ choice: "both-bad" });
  });

  test("ratings spread over the whole scale", () => {
    const score = (utility: number) => rate(perfect, { id: "a", utility }).score;
    expect([0, 0.25, 0.5, 0.75, 1].map(score)).toEqual([1, 2, 3, 4, 5]);
  });
});

test("most judgements agree with the truth: 72 to 92 % of decided pairs over the crowd", () => {
  const agreement = crowd.map((annotator) => {
    const decided = pairs.map((pair) => direction(annotator, pair) * Math.sign(pair.left.utility - pair.right.utility));
    return decided.filter((d) => d > 0).length / decided.filter((d) => d !== 0).length;
  });
  expect(mean(agreement)).toBeGreaterThan(0.72);
  expect(mean(agreement)).toBeLessThan(0.92);
  expect(Math.min(...agreement)).toBeLessThan(Math.max(...agreement) - 0.1);
});

test("close pairs are harder than far ones", () => {
  const share = (near: boolean) => {
    const chosen = pairs.filter((pair) => Math.abs(pair.left.utility - pair.right.utility) < 0.2 === near);
    const hits = crowd.flatMap((annotator) =>
      chosen.map((pair) => direction(annotator, pair) * Math.sign(pair.left.utility - pair.right.utility)),
    );
    return hits.filter((hit) => hit > 0).length / hits.filter((hit) => hit !== 0).length;
  };
  expect(share(true)).toBeLessThan(share(false) - 0.1);
});

test("position bias can be measured: shown both ways, the biased favour the left", () => {
  const leftShare = (annotator: SimulatedAnnotator) =>
    mean(
      pairs.flatMap((pair) => [
        direction(annotator, pair),
        direction(annotator, { left: pair.right, right: pair.left }),
      ]),
    );
  expect(Math.abs(leftShare(withHabits({ noise: 0.1 })))).toBeLessThan(0.04);
  expect(leftShare(withHabits({ noise: 0.1, positionBias: 0.1 }))).toBeGreaterThan(0.06);
  expect(mean(crowd.map(leftShare))).toBeGreaterThan(0.02);
});

test("a careless annotator agrees with the truth less than a careful one", () => {
  const hits = (carelessness: number) =>
    mean(
      pairs.map(
        (pair) => direction(withHabits({ carelessness }), pair) * Math.sign(pair.left.utility - pair.right.utility),
      ),
    );
  expect(hits(0.4)).toBeLessThan(hits(0) - 0.25);
});

test("an annotator's errors about one answer hang together over the pairs it stands in", () => {
  const annotator = withHabits({ taste: 0.3, badBelow: 0 });
  const others = Array.from({ length: 60 }, (_, i) => ({ id: `other${i}`, utility: 0.5 }));
  const favour = Array.from({ length: 60 }, (_, i) => {
    const answer = { id: `answer${i}`, utility: 0.5 };
    return mean(others.map((other) => direction(annotator, { left: answer, right: other })));
  });
  // With slips alone each mean would lie within ±0.3 of 0; a lasting taste pushes many beyond ±0.5.
  expect(favour.filter((value) => Math.abs(value) > 0.5).length).toBeGreaterThan(10);
});

test("lenient and harsh annotators differ in ratings but not in preferences", () => {
  const ratings = (leniency: number) => mean(pairs.map((pair) => rate(withHabits({ leniency }), pair.left).score));
  expect(ratings(0.2)).toBeGreaterThan(ratings(-0.2) + 1);
  for (const pair of pairs.slice(0, 40)) {
    expect(direction(withHabits({ leniency: 0.2 }), pair)).toBe(direction(withHabits({ leniency: -0.2 }), pair));
  }
});
