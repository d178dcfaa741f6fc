import { PreparationSpec } from "@touchstone/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleaning, cleanText } from "./clean.ts";

const { clean: usual } = PreparationSpec.parse({});

describe("cleaning a text", () => {
  it.each([
    ["composes letters", "Cafe\u0301", "Café"],
    ["composes what an invisible character kept apart", "Cafe\u200b\u0301", "Café"],
    ["takes control characters, byte order marks and marks of direction out", "\ufeffa\u0007b\u202ec\u00add", "abcd"],
    ["takes hidden tag characters out", "Hi\u{e0049}\u{e0067}\u{e006e}!", "Hi!"],
    ["makes every line end a newline", "a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"],
    [
      "leaves one blank line between paragraphs, none around, and no blanks at line ends",
      " \n a \n\n\n\nb\t\n ",
      "a\n\nb",
    ],
    ["makes odd blanks plain ones", "1\u00a0000\u2009km", "1 000 km"],
    ["trims ideographic blanks", "\u3000\u3000你好。\u3000", "你好。"],
  ])("%s", (_, dirty, clean) => {
    expect(cleanText(dirty, usual)).toBe(clean);
  });

  it("leaves what has a meaning: indentation, tabs, joined emoji, flags, Chinese punctuation and blanks inside", () => {
    const text =
      "def f():\n    return 1\n\tx\n👩‍🔬 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} ❤️ 你好，世界！（ＡＢＣ）\n第一段。\n\u3000\u3000第二段。";
    expect(cleanText(text, usual)).toBe(text);
  });

  it("folds full-width forms by NFKC only, and inner blanks by collapse only", () => {
    expect(cleanText("ＡＢＣ，１２３  x", { normalForm: "NFKC", whitespace: "collapse" })).toBe("ABC,123 x");
    expect(cleanText("ＡＢＣ，１２３  x", usual)).toBe("ＡＢＣ，１２３  x");
    expect(cleanText(" a \n", { normalForm: "NFC", whitespace: "keep" })).toBe(" a \n");
  });

  it("changes nothing the second time, whatever the text and the settings", () => {
    const piece = fc.constantFrom(
      ..."aé你 \n\r\t\u0301\u200b\u3000\u00a0\ufeff\u2028\u0085ＡﬁÅ\u212b\u00b4\u1100\u1161\u{e0041}",
      "🏴\u{e0067}",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece).map((pieces) => pieces.join("")),
    );
    const normalForm = fc.constantFrom("NFC" as const, "NFKC" as const, "none" as const);
    const whitespace = fc.constantFrom("trim" as const, "collapse" as const, "keep" as const);
    fc.assert(
      fc.property(text, normalForm, whitespace, (dirty, form, blanks) => {
        const settings = { normalForm: form, whitespace: blanks };
        const once = cleanText(dirty, settings);
        expect(cleanText(once, settings)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it("drops rows of which nothing is left, and says so", () => {
    const step = cleaning(usual);
    const told: string[] = [];
    const take = (text: string) =>
      step({ id: "1", key: "k", row: { kind: "text", text } }, (reason) => told.push(reason))?.row ?? null;
    expect([take("\u200b \n"), take(" a"), take("a")]).toEqual([
      null,
      { kind: "text", text: "a" },
      { kind: "text", text: "a" },
    ]);
    expect(told).toEqual(["the text is empty", "characters that do not show, other forms of letters, or blanks"]);
  });
});
