import { describe, expect, it } from "vitest";
import { uniformFrom } from "../seeded-random.ts";
import { dawidSkene, likeliest } from "./dawid-skene.ts";
import { accuracyOf, type CrowdLabel, majorityVote } from "./majority-vote.ts";

const votes = (task: string, ...labels: string[]): CrowdLabel[] =>
  labels.map((label, worker) => ({ task, worker: `w${worker}`, label }));

describe("majority vote", () => {
  it("keeps every leader of a tie and counts it as its share", () => {
    const majority = majorityVote([
      ...votes("1", "a", "a", "b"),
      ...votes("2", "a", "b"),
      ...votes("3", "a", "b", "c"),
    ]);
    expect(majority.get("2")).toEqual(["a", "b"]);
    const gold = new Map([
      ["1", "a"],
      ["2", "b"],
      ["3", "d"],
      ["unjudged", "a"],
    ]);
    expect(accuracyOf(majority, gold)).toEqual({ accuracy: 1.5 / 3, tasks: 3 });
  });

  it("refuses to judge an accuracy on no tasks", () => {
    expect(() => accuracyOf(majorityVote([]), new Map([["1", "a"]]))).toThrow(RangeError);
  });
});

describe("Dawid–Skene", () => {
  // Two experts who are right in 95 of 100 and three who toss a coin: the majority is mostly luck.
  const uniform = uniformFrom(4);
  const gold = new Map<string, string>();
  const crowd: CrowdLabel[] = [];
  for (let task = 0; task < 400; task++) {
    const truth = uniform() < 0.7 ? "good" : "bad";
    const other = truth === "good" ? "bad" : "good";
    gold.set(String(task), truth);
    for (const [worker, accuracy] of Object.entries({ x: 0.95, y: 0.95, c1: 0.5, c2: 0.5, c3: 0.5 })) {
      crowd.push({ task: String(task), worker, label: uniform() < accuracy ? truth : other });
    }
  }
  const inferred = dawidSkene(crowd);

  it("finds who can be trusted, and so more truth than the majority", () => {
    const majority = accuracyOf(majorityVote(crowd), gold).accuracy;
    const weighed = accuracyOf(likeliest(inferred), gold).accuracy;
    expect(weighed).toBeGreaterThan(0.93);
    expect(weighed).toBeGreaterThan(majority + 0.05);
  });

  it("recovers the class shares and the workers' error rates", () => {
    expect(inferred.classes).toEqual(["bad", "good"]);
    const good = [...gold.values()].filter((truth) => truth === "good").length / gold.size;
    expect(Math.abs((inferred.marginals[1] ?? 0) - good)).toBeLessThan(0.04);
    expect(inferred.confusions.get("x")?.[0]).toBeGreaterThan(0.88);
    expect(Math.abs((inferred.confusions.get("c2")?.[0] ?? 0) - 0.5)).toBeLessThan(0.12);
  });

  it("gives posteriors that sum to 1", () => {
    for (const posterior of inferred.posteriors.values()) {
      expect(posterior.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    }
  });
});
