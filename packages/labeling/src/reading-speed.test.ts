import { describe, expect, it } from "vitest";
import { isFasterThanReading, leastReadingMs, lettersOf } from "./reading-speed.ts";

describe("the time that reading takes at least", () => {
  it("is a second for 120 letters of any alphabet, and for 40 Chinese characters", () => {
    const second = [
      "a".repeat(120),
      "я".repeat(120),
      "ا".repeat(120),
      "क".repeat(120),
      "ก".repeat(120),
      "读".repeat(40),
    ];
    expect(second.map((text) => leastReadingMs(lettersOf(text)))).toEqual(second.map(() => 1_000));
  });

  it("counts code points, so that an emoji or a rare character is one, and mixed texts are the sum of their parts", () => {
    expect(lettersOf("👍🏽")).toBe(2);
    expect(lettersOf("𠮷")).toBe(3);
    expect(lettersOf("")).toBe(0);
    expect(lettersOf("GPT 是什么？")).toBe(4 + 9 + 1);
    expect(lettersOf("かな 한글")).toBe(6 + 1 + 6);
  });

  it("is kept by a decision at exactly the bound, and undercut by one a millisecond before", () => {
    const letters = lettersOf("a".repeat(1_200));
    expect(isFasterThanReading(10_000, letters)).toBe(false);
    expect(isFasterThanReading(9_999, letters)).toBe(true);
  });

  it("marks nothing where there is nothing to read", () => {
    expect(isFasterThanReading(0, 0)).toBe(false);
  });
});
