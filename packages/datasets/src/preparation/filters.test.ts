import { PreparationSpec } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import type { TrainingRow } from "../training/training-row.ts";
import type { Step } from "./item.ts";
import { languageDetector, languageFilter } from "./language.ts";
import { lengthFilter } from "./length.ts";

const ask = (prompt: string, text: string): TrainingRow => ({
  kind: "demonstration",
  promptId: "p",
  prompt: [{ role: "user", content: prompt }],
  split: "train",
  text,
});

function outcome(step: Step, row: TrainingRow): string {
  const told: string[] = [];
  const kept = step({ id: "1", key: "k", row }, (reason, detail) => told.push(`${reason} ${detail ?? ""}`.trim()));
  return kept ? "kept" : told.join();
}

describe("telling languages", async () => {
  const languageOf = await languageDetector();

  it.each([
    ["en", ["What is the capital of France?", "I'd like a cup of tea, please.", "Tom didn't know that she was there."]],
    [
      "zh",
      [
        "你好！",
        "请解释一下什么是光合作用。",
        "這是繁體字的句子。",
        "请用 Python 写一个 hello world 程序",
        "床前明月光",
      ],
    ],
    [
      "other",
      [
        "Où est la bibliothèque la plus proche ?",
        "Ich möchte gerne ein Stück Kuchen essen.",
        "今日は学校に行きました。",
      ],
    ],
    [
      "other",
      ["Привет, как дела?", "오늘 날씨가 정말 좋네요.", "¿Dónde puedo comprar un billete de tren?", "أين المكتبة؟"],
    ],
    ["unknown", ["42", "!!! 😀", "3 + 4 = 7", "", "```py\nx = 1\n```", "https://example.org/foo"]],
  ] as const)("says %s of %j", (language, texts) => {
    expect(texts.map((text) => languageOf(text))).toEqual(texts.map(() => language));
  });

  it("keeps rows of the wanted languages, and those that can't be told unless they are unwanted", () => {
    const { language } = PreparationSpec.parse({});
    const both = languageFilter(languageOf, language);
    expect(outcome(both, ask("Translate into English: 今天天气很好。", "The weather is nice today."))).toBe("kept");
    expect(outcome(both, ask("2 + 2", "4"))).toBe("kept");
    expect(outcome(both, ask("Wie geht es dir heute Abend?", "Danke, mir geht es sehr gut."))).toBe(
      "the language is neither English nor Chinese",
    );
    const strict = languageFilter(languageOf, { keep: ["zh"], unknown: false });
    expect(outcome(strict, ask("How are you today?", "I am fine, thank you."))).toBe("the language is English");
    expect(outcome(strict, ask("2 + 2", "4"))).toBe("the language can't be told");
  });
});

describe("bounds of length", () => {
  const usual = PreparationSpec.parse({}).length;

  it("are told in characters for the shortest answer and the longest row", () => {
    const step = lengthFilter({ ...usual, minCharacters: 3, maxCharacters: 10 });
    expect(outcome(step, ask("12345", "12"))).toBe("shorter than 3 characters 2");
    expect(outcome(step, ask("12345", "123456"))).toBe("longer than 10 characters 11");
    expect(outcome(step, ask("12345", "12345"))).toBe("kept");
    expect(outcome(step, { kind: "text", text: "12345678901" })).toBe("longer than 10 characters 11");
  });

  it("are counted in tokens where a tokenizer counts, and refused where none does", () => {
    const words = (text: string) => text.split(" ").length;
    const step = lengthFilter({ ...usual, minTokens: 2, maxTokens: 4 }, words);
    expect(outcome(step, ask("a b", "c"))).toBe("shorter than 2 tokens 1");
    expect(outcome(step, ask("a b c", "d e"))).toBe("longer than 4 tokens 5");
    expect(outcome(step, ask("a b", "c d"))).toBe("kept");
    expect(() => lengthFilter({ ...usual, maxTokens: 4 })).toThrow("need a tokenizer");
  });
});
