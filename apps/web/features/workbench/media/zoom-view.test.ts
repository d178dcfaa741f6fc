import { describe, expect, it } from "vitest";
import { fitted, panned, zoomed } from "./zoom-view.ts";

const stage = { width: 800, height: 600 };
const picture = { width: 1_600, height: 900 };
const middle = { x: 0, y: 0 };

describe("a picture under the glass", () => {
  it("is whole at first, and a small one is made larger, but not without end", () => {
    expect(fitted(picture, stage)).toEqual({ scale: 0.5, x: 0, y: 0 });
    expect(fitted({ width: 300, height: 300 }, stage).scale).toBe(2);
    expect(fitted({ width: 10, height: 10 }, stage).scale).toBe(4);
  });

  it("grows about the point, which stays where it is", () => {
    const view = zoomed(fitted(picture, stage), 4, { x: 100, y: 50 }, picture, stage);
    expect(view).toEqual({ scale: 2, x: -300, y: -150 });
    // The point of the picture under it: (point − middle) / scale.
    expect([(100 - view.x) / view.scale, (50 - view.y) / view.scale]).toEqual([100 / 0.5, 50 / 0.5]);
  });

  it("never gets smaller than the whole of it, nor larger than sixteen times that", () => {
    const whole = fitted(picture, stage);
    expect(zoomed(whole, 0.1, middle, picture, stage)).toEqual(whole);
    expect(zoomed(whole, 1_000, middle, picture, stage).scale).toBe(8);
  });

  it("moves as far as there is picture, and comes back to the middle when it is whole again", () => {
    const large = zoomed(fitted(picture, stage), 2, middle, picture, stage);
    expect(panned(large, { x: 10_000, y: -10_000 }, picture, stage)).toEqual({ scale: 1, x: 400, y: -150 });
    const moved = panned(large, { x: 400, y: 0 }, picture, stage);
    expect(zoomed(moved, 0.5, middle, picture, stage)).toEqual(fitted(picture, stage));
  });
});
