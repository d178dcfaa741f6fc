import { describe, expect, it } from "vitest";
import { guessLanguage, languageOf } from "./guess-language.ts";

describe("guessLanguage", () => {
  it.each([
    ["续写这个故事，让钥匙在结尾起到作用。", "zh-Hans"],
    ["Translate 钥匙 into English, please, and say why.", ""],
    ["この鍵は灯台のものです。", "ja"],
    ["이 열쇠는 등대의 것입니다.", "ko"],
    ["Finish the story.", ""],
    ["", ""],
  ])("reads the script of %j", (text, language) => {
    expect(guessLanguage(text)).toBe(language);
  });
});

describe("languageOf", () => {
  it.each([
    ["She never said goodbye.", "zh", ""],
    ["她没说再见。", "en", "zh-Hans"],
    ["她没说再见。", "zh-Hant", "zh-Hant"],
    ["東京都庁", "ja", "ja"],
    ["Sie sagte nichts.", "de", "de"],
    ["她没说再见。", null, "zh-Hans"],
  ])("believes the script of %j before the word %j", (text, said, language) => {
    expect(languageOf(text, said)).toBe(language);
  });
});
