import { describe, expect, it } from "vitest";
import { guidelineGlance } from "./guideline-glance.ts";

const english = `# Which is better?\n\n${"Read both answers to the end. ".repeat(15)}\n\n${"Then choose. ".repeat(30)}`;
const chinese = `# 哪个更好？\n\n${"请先读完两个回答，再作选择。".repeat(20)}`;

const chineseTitled = `# 哪个更好？\n\n请先读完。\n\n## 看什么\n\n${"看是否切题。".repeat(50)}`;

describe("a guideline before one has joined", () => {
  it("begins in the reader's language and unfolds all the rest", () => {
    const both = `${english}\n${chinese}`;
    expect(guidelineGlance(both, "zh")).toEqual({ shown: [chinese], rest: [english] });
    const { shown, rest } = guidelineGlance(both, "en");
    expect(shown).toEqual([english.slice(0, english.lastIndexOf("\n\n"))]);
    expect(rest).toEqual([english.slice(english.lastIndexOf("\n\n")), chinese]);
  });

  it("leaves no title without what it is the title of", () => {
    expect(guidelineGlance(chineseTitled, "zh").shown).toEqual(["# 哪个更好？\n\n请先读完。"]);
    const long = `# One title\n\n${"long ".repeat(200)}\n\nmore`;
    expect(guidelineGlance(long, "en").shown).toEqual([long.slice(0, -"\n\nmore".length)]);
  });

  it("shows a short one whole, the reader's part first, and never cuts a paragraph", () => {
    expect(guidelineGlance("# Be fair\n\nRead on.\n# 要公平\n\n请先读完。", "zh")).toEqual({
      shown: ["# 要公平\n\n请先读完。", "# Be fair\n\nRead on."],
      rest: [],
    });
    const paragraph = "long ".repeat(200);
    expect(guidelineGlance(paragraph, "en")).toEqual({ shown: [paragraph], rest: [] });
    expect(guidelineGlance(`${paragraph}\n\nmore`, "en")).toEqual({ shown: [paragraph], rest: ["\n\nmore"] });
  });
});
