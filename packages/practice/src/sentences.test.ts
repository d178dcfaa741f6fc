import { expect, test } from "vitest";
import { type Language, languages } from "./lexicon.ts";
import { practiceRandom } from "./random.ts";
import { forms, slotWords } from "./sentence-forms.ts";
import { parseSentence, splitSentences, writeSentence } from "./sentences.ts";

test.each([
  [
    "event",
    { who: "Mia", deed: "found", look: "old", thing: "key", place: "under the bridge" },
    "Mia found an old key under the bridge.",
    "米娅在桥下找到了一把旧钥匙。",
  ],
  [
    "event",
    { who: "Tom", deed: "lost", look: null, thing: "umbrella", place: null },
    "Tom lost an umbrella.",
    "汤姆弄丢了一把雨伞。",
  ],
  ["looks", { thing: "cup", colour: "blue" }, "The cup is blue.", "杯子是蓝色的。"],
  ["gave", { pronoun: "she", friend: "Leo" }, "She gave it to Leo.", "她把它送给了里奥。"],
  [
    "because",
    { feeling: "sad", who: "Rosa", deed: "broke", look: "red", thing: "kite", place: null },
    "Sad, because Rosa broke a red kite.",
    "难过，因为罗莎弄坏了一只红色的风筝。",
  ],
])("%s is written with its article or measure word", (form, slots, en, zh) => {
  expect(writeSentence(form, slots, "en")).toBe(en);
  expect(writeSentence(form, slots, "zh")).toBe(zh);
});

test("whatever the grammar writes it reads back, in both languages", () => {
  const random = practiceRandom("round trip");
  for (const form of forms) {
    for (let i = 0; i < 40; i++) {
      const slots = Object.fromEntries(
        [...form.en.matchAll(/\{(\w+)\}/gu)].map(([, slot = ""]) => [slot, random.pick(slotWords[slot] ?? []).en]),
      );
      for (const language of languages) {
        const parsed = parseSentence(writeSentence(form.id, slots, language).slice(0, -1), language);
        expect(parsed?.form.id).toBe(form.id);
        expect(parsed?.agrees).toBe(true);
        const { article: _a, measure: _m, ...wanted } = slots;
        if (language === "en" || form.id !== "event") expect(parsed?.slots).toMatchObject(wanted);
      }
    }
  }
});

test.each<[string, Language]>([
  ["Mia found a old key", "en"],
  ["mia found an old key", "en"],
  ["米娅找到了一本旧钥匙", "zh"],
])("%s is understood but does not agree", (text, language) => {
  expect(parseSentence(text, language)?.agrees).toBe(false);
});

test.each<[string, Language]>([
  ["Mia found key", "en"],
  ["found Mia a key", "en"],
  ["Mia found a key the bridge", "en"],
  ["米娅找到了钥匙把一", "zh"],
  ["Mia found a key", "zh"],
])("%s is no sentence", (text, language) => {
  expect(parseSentence(text, language)).toBeNull();
});

test("sentences are split at either language's stops, and a missing last stop is seen", () => {
  expect(splitSentences("She cried. He left")).toEqual({ sentences: ["She cried", "He left"], ended: false });
  expect(splitSentences("她哭了。他走了。")).toEqual({ sentences: ["她哭了", "他走了"], ended: true });
  expect(splitSentences("  ")).toEqual({ sentences: [], ended: false });
});
