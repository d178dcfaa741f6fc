import { describe, expect, it } from "vitest";
import { curveOver, examplesOfStep, metricsOf, unitFor } from "./curves-of.ts";

const series = {
  name: "loss",
  points: [
    [1, 3],
    [2, 2.5],
  ] as [number, number][],
  seconds: [0.5, 1.25],
};

describe("a curve over a scale", () => {
  it("stays over steps as it is", () => {
    expect(curveOver({ spec: {} }, series, "steps")).toEqual({ kind: "curve", points: series.points });
  });

  it("stands over examples where each step reads a batch", () => {
    expect(curveOver({ spec: { batchSize: 16 } }, series, "examples")).toEqual({
      kind: "curve",
      points: [
        [16, 3],
        [32, 2.5],
      ],
    });
    // Each of its prompts is answered eight times.
    expect(examplesOfStep({ spec: { batchSize: 8, samplesPerPrompt: 8 } })).toBe(64);
    expect(curveOver({ spec: {} }, series, "examples")).toEqual({ kind: "none", why: "noExamples" });
    expect(examplesOfStep({ spec: { batchSize: 16, frozen: { folds: 5 } } })).toBeNull();
  });

  it("stands over the time of its points, and over none where one is not kept", () => {
    expect(curveOver({ spec: {} }, series, "time")).toEqual({
      kind: "curve",
      points: [
        [0.5, 3],
        [1.25, 2.5],
      ],
    });
    const { name, points } = series;
    for (const seconds of [undefined, [null, null], [null, 1.25]])
      expect(curveOver({ spec: {} }, { name, points, ...(seconds ? { seconds } : {}) }, "time")).toEqual({
        ...{ kind: "none", why: "noTimes" },
      });
  });

  it("is none where the run has no such figure", () => {
    expect(curveOver({ spec: {} }, undefined, "steps")).toEqual({ kind: "none", why: "noMetric" });
  });
});

describe("which figures can be chosen", () => {
  it("are those of any, what most have first, then what is learned for", () => {
    expect(
      metricsOf([
        ["kl", "loss", "lr"],
        ["loss", "reward", "heldout.reward"],
        ["loss", "lr"],
      ]),
    ).toEqual(["loss", "lr", "reward", "kl", "heldout.reward"]);
    expect(metricsOf([])).toEqual([]);
  });
});

describe("the unit of times", () => {
  it("is the one that the longest is read best in", () => {
    expect([179, 180, 10_799, 10_800].map((seconds) => unitFor(seconds).unit)).toEqual([
      "seconds",
      "minutes",
      "minutes",
      "hours",
    ]);
  });
});
