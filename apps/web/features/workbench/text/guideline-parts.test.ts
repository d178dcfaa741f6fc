import { describe, expect, it } from "vitest";
import { emphasised, guidelineParts, ruleOf } from "./guideline-parts.ts";

const english =
  "# Which is better?\n\nRead both to the end.\n\n## What counts\n\n1. **Right.** A wrong fact\n   weighs most.\n2. Helpful.";
const chinese = "# 哪一个更好？\n\n把两个都读完。";

describe("guidelineParts", () => {
  it("puts the part in the reader's language first and leaves none out", () => {
    expect(guidelineParts(`${english}\n\n${chinese}`, "en")).toEqual([`${english}\n`, chinese]);
    expect(guidelineParts(`${english}\n\n${chinese}`, "zh")).toEqual([chinese, `${english}\n`]);
    expect(guidelineParts("", "en")).toEqual([]);
  });

  it("takes a comment in code for no title", () => {
    const withCode = "Read.\n\n```sh\n# not a title\n```";
    expect(guidelineParts(withCode, "en")).toEqual([withCode]);
  });
});

describe("ruleOf", () => {
  it("takes the first words that are no title, also where they are a list", () => {
    expect(ruleOf(guidelineParts(english, "en"))).toBe("Read both to the end.");
    expect(ruleOf(["# Title\nText right below."])).toBe("Text right below.");
    expect(ruleOf(["# Title\n\n1. First.\n2. Second.\n\nIt is *not* this."])).toBe("1. First.\n2. Second.");
    expect(ruleOf(["# Only a title"])).toBe("Only a title");
    expect(ruleOf([])).toBe("");
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
