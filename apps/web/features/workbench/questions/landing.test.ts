import { describe, expect, it } from "vitest";
import { landingOf } from "./landing.ts";

/** Two lines of two groups, each 40 px wide and high. */
const boxes = [
  { left: 0, right: 40, top: 0, bottom: 40 },
  { left: 50, right: 90, top: 0, bottom: 40 },
  { left: 0, right: 40, top: 50, bottom: 90 },
  { left: 50, right: 90, top: 50, bottom: 90 },
];

describe("where a dragged answer lands", () => {
  it("is before the group behind the point, line by line", () => {
    const before = (x: number, y: number) => landingOf(boxes, { x, y }, false).to;
    expect([before(-9, 20), before(30, 20), before(45, 20), before(300, 20)]).toEqual([0, 1, 1, 2]);
    expect([before(10, 70), before(60, 70), before(85, 70)]).toEqual([2, 3, 4]);
  });

  it("is in a tie on the middle of a group, where ties are taken", () => {
    expect(landingOf(boxes, { x: 70, y: 20 }, true)).toEqual({ to: 1, tie: true });
    expect(landingOf(boxes, { x: 52, y: 20 }, true)).toEqual({ to: 1, tie: false });
    expect(landingOf(boxes, { x: 88, y: 70 }, true)).toEqual({ to: 4, tie: false });
  });

  it("is in the line that is nearest above or below the strip", () => {
    expect(landingOf(boxes, { x: 20, y: -80 }, false).to).toBe(1);
    expect(landingOf(boxes, { x: -5, y: 400 }, false).to).toBe(2);
  });

  it("is at the end where nothing else stands", () => {
    expect(landingOf([], { x: 5, y: 5 }, true)).toEqual({ to: 0, tie: false });
  });
});
