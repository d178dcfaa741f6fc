import { describe, expect, it } from "vitest";
import { emphasised, guidelineBlocks, inReadersOrder, ruleOf } from "./guideline-blocks.ts";

const english =
  "# Which is better?\n\nRead both to the end.\n\n## What counts\n\n1. **Right.** A wrong fact\n   weighs most.\n2. Helpful.\n\n- one\n- two";
const chinese = "# 哪一个更好？\n\n把两个都读完。";

describe("guidelineBlocks", () => {
  it("reads titles, paragraphs and both kinds of list, with items over several lines", () => {
    expect(guidelineBlocks(english)).toEqual([
      { kind: "heading", level: 1, text: "Which is better?" },
      { kind: "paragraph", text: "Read both to the end." },
      { kind: "heading", level: 2, text: "What counts" },
      { kind: "list", ordered: true, items: ["**Right.** A wrong fact\n   weighs most.", "Helpful."] },
      { kind: "list", ordered: false, items: ["one", "two"] },
    ]);
  });

  it("takes a title that stands right above its text", () => {
    expect(guidelineBlocks("# Title\nText.")).toEqual([
      { kind: "heading", level: 1, text: "Title" },
      { kind: "paragraph", text: "Text." },
    ]);
    expect(guidelineBlocks("")).toEqual([]);
  });
});

describe("inReadersOrder", () => {
  it("puts the part in the reader's language first and leaves the others out of nothing", () => {
    const both = guidelineBlocks(`${english}\n\n${chinese}`);
    expect(ruleOf(inReadersOrder(both, "en"))).toBe("Read both to the end.");
    expect(ruleOf(inReadersOrder(both, "zh"))).toBe("把两个都读完。");
    expect(inReadersOrder(both, "zh")).toHaveLength(both.length);
  });
});

describe("emphasised", () => {
  it("finds strong and stressed words and leaves lone stars alone", () => {
    expect(emphasised("**Tie**: 2 * 3 is *this* one")).toEqual([
      { text: "Tie", as: "strong" },
      { text: ": 2 * 3 is ", as: "plain" },
      { text: "this", as: "stress" },
      { text: " one", as: "plain" },
    ]);
  });
});
