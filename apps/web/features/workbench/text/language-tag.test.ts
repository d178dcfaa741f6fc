import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languageTag } from "./language-tag.ts";

describe("languageTag", () => {
  it.each([
    ["en", "en"],
    ["zh_CN", "zh-CN"],
    ["zh-hans-cn", "zh-Hans-CN"],
    ["PT-br", "pt-BR"],
    [" de ", "de"],
    ["English", "en"],
    ["Chinese (Simplified)", "zh-Hans"],
    ["Traditional Chinese", "zh-Hant"],
    ["Portuguese", "pt"],
    ["Brazilian Portuguese", "pt-BR"],
    ["Portuguese (Brazil)", "pt-BR"],
    ["Vietnamese", "vi"],
    ["Indonesian", "id"],
    ["Hebrew", "he"],
    ["中文", "zh"],
    ["Français", "fr"],
    ["yue", "yue"],
  ])("reads %j as %s", (said, tag) => {
    expect(languageTag(said)).toBe(tag);
  });

  it.each([
    "java",
    "c++",
    "c#",
    "html",
    "javascript",
    "typescript",
    "python",
    "sql",
    "php",
    "unknown",
    "und",
    "mul",
    "zxx",
    "",
    "  ",
    'en" onmouseover="alert(1)',
    "x-private",
    "i-klingon",
    "no language at all",
    "__proto__",
    "constructor",
  ])("knows that %j is no language that people speak", (said) => {
    expect(languageTag(said)).toBeUndefined();
  });

  it("is taken by Intl, whatever was said", () => {
    const lettersLikeTags = fc.string({ unit: fc.constantFrom("a", "z", "h", "-", "_", "1", "X", " "), maxLength: 14 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), lettersLikeTags), (said) => {
        expect(() => new Intl.Segmenter(languageTag(said), { granularity: "word" })).not.toThrow();
      }),
    );
  });

  it("says nothing where nothing is said", () => {
    expect(languageTag(null)).toBeUndefined();
    expect(languageTag(undefined)).toBeUndefined();
  });
});
