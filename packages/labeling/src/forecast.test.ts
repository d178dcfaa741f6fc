import { describe, expect, it } from "vitest";
import { forecastEnd } from "./forecast.ts";
import { uniformFrom } from "./seeded-random.ts";

describe("the forecast of an end", () => {
  it("is what the formula gives by hand: ten units of 10, 20 left", () => {
    // μ = 10, σ² = 10 (Poisson's, for there is no spread), n = 10, t² = 2.262² for nine degrees of freedom:
    // a = 100 − 5.1167 = 94.8834, b = 400 + 51.1664 = 451.1664, c = 400.
    const found = forecastEnd(Array(10).fill(10), 20);
    expect(found?.value).toBe(2);
    expect(found?.low).toBeCloseTo(1.179, 3);
    expect(found?.high).toBeCloseTo(3.576, 3);
  });

  it("says nothing of fewer than three units, or of ten things", () => {
    expect(forecastEnd([50, 50], 10)).toBeNull();
    expect(forecastEnd([3, 3, 3], 10)).toBeNull();
    expect(forecastEnd([4, 3, 3], 10)).not.toBeNull();
  });

  it("has no upper end where one spell of work in many units does not tell a rate", () => {
    const found = forecastEnd([0, 0, 0, 0, 0, 60], 100);
    expect(found?.value).toBe(10);
    expect(found?.low).toBeGreaterThan(0);
    expect(found?.high).toBeNull();
  });

  it("becomes narrower with more units, and wider with more spread", () => {
    const width = (counts: readonly number[]) => {
      const { low = 0, high } = forecastEnd(counts, 1_000) ?? {};
      return (high ?? Number.POSITIVE_INFINITY) - low;
    };
    expect(width(Array(20).fill(50))).toBeLessThan(width(Array(5).fill(50)));
    expect(width([20, 80, 20, 80, 20, 80, 20, 80])).toBeGreaterThan(width(Array(8).fill(50)));
  });

  it("covers the true end about as often as it says, with days that differ more than Poisson's", () => {
    const random = uniformFrom(7);
    const day = () => {
      // Busy, ordinary and idle days: a mean of 40, far more spread than Poisson's.
      const rate = [0, 40, 80][Math.floor(random() * 3)] ?? 0;
      return Math.max(0, Math.round(rate + (random() - 0.5) * 20 * Math.sign(rate)));
    };
    let covered = 0;
    const tries = 1_000;
    for (let n = 0; n < tries; n++) {
      const found = forecastEnd(Array.from({ length: 14 }, day), 400);
      let days = 0;
      for (let left = 400; left > 0; days++) left -= day();
      if (found && days >= Math.floor(found.low) && (found.high === null || days <= Math.ceil(found.high))) covered++;
    }
    expect(covered / tries).toBeGreaterThan(0.92);
    expect(covered / tries).toBeLessThan(0.99);
  });
});
