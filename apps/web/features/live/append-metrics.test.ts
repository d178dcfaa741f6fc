import { describe, expect, it } from "vitest";
import { appendMetrics } from "./append-metrics.ts";

describe("appendMetrics", () => {
  const old = {
    names: ["loss"],
    series: [
      {
        name: "loss",
        points: [
          [1, 3],
          [2, 2],
        ] as [number, number][],
      },
    ],
  };

  it("adds a step to its curve and starts curves it has not seen", () => {
    expect(appendMetrics(old, 3, { loss: 1, reward: 0.5 })).toEqual({
      names: ["loss", "reward"],
      series: [
        {
          name: "loss",
          points: [
            [1, 3],
            [2, 2],
            [3, 1],
          ],
        },
        { name: "reward", points: [[3, 0.5]] },
      ],
    });
  });

  it("goes back when a resumed run draws a step again", () => {
    expect(appendMetrics(old, 2, { loss: 9 })?.series[0]?.points).toEqual([
      [1, 3],
      [2, 9],
    ]);
  });

  it("leaves the first fetch to the fetch", () => {
    expect(appendMetrics(undefined, 1, { loss: 1 })).toBeUndefined();
  });
});
