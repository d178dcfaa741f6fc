import { describe, expect, it } from "vitest";
import { guidelineChanges, placed } from "./read-changes.ts";

const told = (before: string, after: string, locale: "en" | "zh" = "en") =>
  guidelineChanges(before, after, locale)
    ?.filter(({ kind }) => kind !== "same")
    .map(({ kind, text }) => `${kind === "added" ? "+" : "-"}${text}`);

describe("what has changed in a guideline", () => {
  it("is said word by word, in English and in Chinese", () => {
    expect(told("Longer wins.", "Shorter wins.")).toEqual(["-Longer", "+Shorter"]);
    expect(told("请选择更长的回答。", "请选择更短的回答。", "zh")).toEqual([
      expect.stringMatching(/^-/),
      expect.stringMatching(/^\+/),
    ]);
  });

  it("is nothing where only blank lines at the ends or line ends differ", () => {
    expect(guidelineChanges("Be kind.\r\n\r\n- one", "Be kind.\n\n- one\n\n", "en")).toEqual([]);
  });

  it("has the part in the reader's language first, however the parts stand", () => {
    const before = "# Rules\nLonger wins.\n\n# 规则\n请选择更长的回答，谢谢大家。";
    const after = "# Rules\nShorter wins.\n\n# 规则\n请选择更短的回答，谢谢大家。";
    const kinds = guidelineChanges(before, after, "zh")?.filter(({ kind }) => kind === "added");
    expect(kinds?.[0]?.text).not.toBe("Shorter");
    expect(kinds?.at(-1)?.text).toBe("Shorter");
  });

  it("makes the new text of what stayed and what came, and the old one of what stayed and what went", () => {
    const [before, after] = ["One two three. Four.", "One 2 three. Five, six."];
    const changes = guidelineChanges(before, after, "en") ?? [];
    const without = (left: string) =>
      changes
        .filter(({ kind }) => kind !== left)
        .map(({ text }) => text)
        .join("");
    expect([without("added"), without("removed")]).toEqual([before, after]);
    expect(new Set(placed(changes).map(({ at }) => at)).size).toBe(changes.length);
  });
});
