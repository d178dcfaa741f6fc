import type { EvaluationView } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { blindPairs, heldOutPairs, pairsOf } from "./pairs-of.ts";
import { modelOf, subjectOf } from "./subject.fixture.ts";

describe("pairs", () => {
  it("are each with each, once", () => {
    expect(pairsOf([1, 2, 3])).toEqual([
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
  });
});

describe("which held-out figures may be held against each other", () => {
  const reward = (id: string, labelSetId: string) =>
    modelOf(id, { kind: "reward", labelSetId, metrics: { "heldout.accuracy": 0.7, "heldout.comparisons": 40 } });

  it("is said of each two", () => {
    const subjects = [
      subjectOf(1, { model: reward("a", "one") }),
      subjectOf(2, { model: reward("b", "one") }),
      subjectOf(3, { model: reward("c", "other") }),
      subjectOf(4, { model: null }),
    ];
    expect(heldOutPairs(subjects).map(({ one, other, why }) => `${one.number}${other.number} ${why}`)).toEqual([
      "12 null",
      "13 otherLabels",
      "14 notMeasured",
      "23 otherLabels",
      "24 notMeasured",
      "34 notMeasured",
    ]);
  });
});

describe("what people said blind", () => {
  const [a, b, c] = [1, 2, 3].map((number) => subjectOf(number));
  const subjects = [a, b, c].flatMap((one) => one ?? []);
  const evaluation = (id: string, candidateId: string, baselineId: string, more: Partial<EvaluationView> = {}) =>
    ({
      ...{
        id,
        candidateId,
        baselineId,
        others: [],
        winRate: { value: 0.75, low: 0.5, high: 0.875 },
        verdict: "better",
      },
      ...{ createdAt: `2026-12-0${id}T00:00:00.000Z` },
      ...more,
    }) as EvaluationView;

  it("is the newest comparison of just the two, seen from the first of them", () => {
    const pairs = blindPairs(subjects, [
      evaluation("1", "m1", "m2", { winRate: null }),
      evaluation("2", "m2", "m1"),
      evaluation("3", "m1", "m2", { others: [modelOf("m9")] }),
    ]);
    expect(pairs).toMatchObject([{ one: { number: 1 }, other: { number: 2 }, evaluation: { id: "2" } }]);
    expect(pairs[0]?.seen).toEqual({ rate: { value: 0.25, low: 0.125, high: 0.5 }, verdict: "worse" });
  });

  it("is one of several where there is no other, without a rate of two", () => {
    const [pair, more] = blindPairs(subjects, [evaluation("4", "m9", "m1", { others: [modelOf("m3")] })]);
    expect([pair?.one.number, pair?.other.number, pair?.seen, more]).toEqual([1, 3, null, undefined]);
  });

  it("is nothing where nobody compared them, and no result where nobody judged", () => {
    expect(blindPairs(subjects, [evaluation("5", "m1", "m9")])).toEqual([]);
    expect(blindPairs(subjects, [evaluation("6", "m1", "m2", { winRate: null })])[0]?.seen).toBeNull();
  });
});
