import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestFitDecreasing } from "./best-fit.ts";

const sizes = (lengths: readonly number[], context: number) =>
  bestFitDecreasing(lengths, context).windows.map((pieces) => pieces.map(({ from, to }) => to - from));

describe("packing texts into windows by best fit", () => {
  it("puts each text where it leaves the least room, the longest first", () => {
    expect(sizes([3, 6, 2, 5, 4], 10)).toEqual([
      [6, 4],
      [5, 3, 2],
    ]);
    // First fit would put 3 beside 6; best fit finds the window with room for exactly three.
    expect(sizes([6, 7, 3], 10)).toEqual([[7, 3], [6]]);
  });

  it("cuts only what is longer than a window, and packs its remainder", () => {
    const packing = bestFitDecreasing([25, 5], 10);
    expect(packing.windows).toEqual([
      [{ text: 0, from: 0, to: 10 }],
      [{ text: 0, from: 10, to: 20 }],
      [
        { text: 0, from: 20, to: 25 },
        { text: 1, from: 0, to: 5 },
      ],
    ]);
    expect(packing).toMatchObject({ tokens: 30, waste: 0, cut: 1 });
  });

  it("loses no token, overfills no window, and never leaves two windows half empty", () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 70 }), { maxLength: 60 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 32 }), (texts, context) => {
        const { windows, tokens, waste, cut } = bestFitDecreasing(texts, context);
        const pieces = windows.flat();
        texts.forEach((length, text) => {
          const own = pieces.filter((piece) => piece.text === text).sort((a, b) => a.from - b.from);
          expect(own.map(({ from }) => from)).toEqual(own.map((_, index) => index * context));
          expect(own.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(length);
        });
        for (const window of windows) {
          expect(window.reduce((sum, { from, to }) => sum + to - from, 0)).toBeLessThanOrEqual(context);
        }
        expect(tokens).toBe(texts.reduce((sum, length) => sum + length, 0));
        expect(waste).toBeCloseTo(windows.length === 0 ? 0 : 1 - tokens / (windows.length * context), 12);
        expect(cut).toBe(texts.filter((length) => length > context).length);
        // Two windows of which each is at most half full would have been one.
        const halfEmpty = windows.filter(
          (window) => 2 * window.reduce((sum, { from, to }) => sum + to - from, 0) <= context,
        );
        expect(halfEmpty.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
