import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisFor, digitsFor, digitsOfSpan, scaleTicks, stepTicks } from "./axis.ts";
import { apart, dotOf, type Point, pathOf, readingAt, smooth, thin } from "./curve.ts";

describe("smooth", () => {
  it("leaves a constant line alone, from its first point on", () => {
    const flat: Point[] = [0, 1, 2, 3].map((step) => [step, 5]);
    for (const [, value] of smooth(flat, 0.9)) expect(value).toBeCloseTo(5, 12);
  });

  it("weighs the newest point most", () => {
    expect(
      smooth(
        [
          [0, 0],
          [1, 1],
        ],
        0.5,
      )[1]?.[1],
    ).toBeCloseTo(2 / 3, 12);
  });
});

describe("thin", () => {
  it("keeps a spike of a single step", () => {
    const points: Point[] = Array.from({ length: 50_000 }, (_, step) => [step, step === 31_337 ? 99 : 0]);
    const kept = thin(points);
    expect(kept.length).toBeLessThanOrEqual(650);
    expect(kept).toContainEqual([31_337, 99]);
  });
});

describe("readingAt", () => {
  it("is the last point at or before the step", () => {
    const points: Point[] = [
      [0, 1],
      [10, 2],
      [20, 3],
    ];
    expect(readingAt(points, 15)).toEqual([10, 2]);
    expect(readingAt(points, 20)).toEqual([20, 3]);
    expect(readingAt(points, -1)).toBeUndefined();
  });
});

describe("pathOf", () => {
  it("breaks the line where there is no number", () => {
    const same = (value: number): number => value;
    expect(
      pathOf(
        [
          [0, 0],
          [0.5, Number.NaN],
          [1, 1],
        ],
        same,
        same,
      ),
    ).toBe("M0.0 100.00M1000.0 0.00");
  });
});

describe("dotOf", () => {
  const same = (value: number): number => value;

  it("draws a curve of one point, which is no line, as a dot in its place", () => {
    expect(dotOf([[0.25, 0.5]], same, same)).toBe("M250.0 50.00h0");
  });

  it("draws none where there is a line, or no number", () => {
    const line: Point[] = [
      [0, 0],
      [1, 1],
    ];
    expect(dotOf(line, same, same)).toBe("");
    expect(dotOf([[0, Number.NaN]], same, same)).toBe("");
    expect(dotOf([], same, same)).toBe("");
  });
});

describe("axisFor", () => {
  it("holds every value, with one to five ticks inside", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (values) => {
          const axis = axisFor(values);
          for (const value of values) expect(value >= axis.from && value <= axis.to).toBe(true);
          expect(axis.ticks.length).toBeGreaterThanOrEqual(1);
          expect(axis.ticks.length).toBeLessThanOrEqual(5);
          for (const tick of axis.ticks) expect(tick >= axis.from && tick <= axis.to).toBe(true);
        },
      ),
    );
  });

  it("draws values that differ by rounding only as a constant", () => {
    for (const values of [
      [0, 5e-324],
      [1e6, 1e6 + 1e-9],
      [0, 0],
    ]) {
      expect(axisFor(values).ticks.length).toBeGreaterThanOrEqual(1);
    }
  });

  it("shows as many decimals as tell the ticks apart", () => {
    expect(digitsFor({ from: 0, to: 0.2, ticks: [0, 0.05, 0.1] })).toBe(2);
    expect(digitsFor({ from: 0, to: 200, ticks: [0, 100, 200] })).toBe(0);
  });
});

describe("stepTicks", () => {
  it("ends at the plan's last step and never crowds it", () => {
    expect(stepTicks(2000)).toEqual([0, 500, 1000, 1500, 2000]);
    expect(stepTicks(60)).toEqual([0, 20, 40, 60]);
    expect(stepTicks(1)).toEqual([0, 1]);
  });
});

describe("scaleTicks", () => {
  it("are round places of an axis that is not counted in wholes", () => {
    expect(scaleTicks(2)).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(scaleTicks(7.3)).toEqual([0, 2, 4, 6]);
    expect([digitsOfSpan(2), digitsOfSpan(7.3), digitsOfSpan(0.09)]).toEqual([1, 0, 2]);
  });
});

describe("apart", () => {
  it("leaves marks where they are that are in nobody’s way", () => {
    const marks = [
      { id: "a", x: 1, y: 0.1 },
      { id: "b", x: 1, y: 0.9 },
      { id: "c", x: 0.5, y: 0.1 },
    ];
    expect(apart(marks).toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual(marks);
  });

  it("moves those of one height apart, and none out of the plot", () => {
    const moved = apart(
      ["a", "b", "c"].map((id) => ({ id, x: 1, y: 0.99 })),
      0.1,
    );
    const heights = moved.map(({ y }) => y);
    expect(heights.every((y) => y >= 0 && y <= 1)).toBe(true);
    expect(heights.slice(1).map((y, at) => y - (heights[at] ?? 0))).toEqual([
      expect.closeTo(0.1, 12),
      expect.closeTo(0.1, 12),
    ]);
  });
});
