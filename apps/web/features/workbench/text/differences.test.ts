import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutBy } from "./cut-by.ts";
import { sharedRanges } from "./differences.ts";

const shared = (left: string, right: string, language?: string) => {
  const [inLeft, inRight] = sharedRanges(left, right, language) ?? [[], []];
  return [inLeft.map(([from, to]) => left.slice(from, to)), inRight.map(([from, to]) => right.slice(from, to))];
};

describe("sharedRanges", () => {
  it("finds the words that two texts share, in both of them", () => {
    expect(shared("She tried it in the door, and it turned", "She tried it in the door, but it stuck")).toEqual([
      ["She tried it in the door, ", " it "],
      ["She tried it in the door, ", " it "],
    ]);
  });

  it("knows Chinese words, which no space divides", () => {
    const [left] = shared("她把钥匙插进灯塔的门", "她把钥匙扔进大海", "zh");
    expect(left?.[0]).toBe("她把钥匙");
  });

  it("shares nothing between unlike texts and everything between equal ones", () => {
    expect(shared("甲", "b")).toEqual([[], []]);
    expect(shared("same text", "same text")).toEqual([["same text"], ["same text"]]);
  });

  it.each(["java", "zh_CN", "c++", "Chinese (Simplified)", "html", "Portuguese", "", 'en" onmouseover="alert(1)'])(
    "compares texts whose language is said to be %j",
    (language) => {
      expect(shared("a one", "b one", language)).toEqual([[" one"], [" one"]]);
    },
  );

  it("says that it cannot tell, and soon, where two long texts have nothing in common", () => {
    const words = (letter: string) => Array.from({ length: 20_000 }, (_, number) => `${letter}${number}`).join(" ");
    const before = performance.now();
    expect(sharedRanges(words("a"), words("b"))).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it("says the same of both sides, whatever the texts", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        const [inLeft = [], inRight = []] = shared(left, right);
        expect(inLeft.join("")).toBe(inRight.join(""));
      }),
    );
  });
});

describe("cutBy", () => {
  it("covers the stretch without gap or overlap", () => {
    expect(
      cutBy(
        [
          [0, 3],
          [5, 9],
        ],
        2,
        7,
      ),
    ).toEqual([
      { start: 2, end: 3, shared: true },
      { start: 3, end: 5, shared: false },
      { start: 5, end: 7, shared: true },
    ]);
    expect(cutBy([], 4, 6)).toEqual([{ start: 4, end: 6, shared: false }]);
  });
});
