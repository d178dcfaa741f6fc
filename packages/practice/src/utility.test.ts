import { describe, expect, test } from "vitest";
import { flawedAnswer, practiceDemonstrations } from "./demonstrations.ts";
import { bindTask } from "./practice-world.ts";
import { practicePrompts } from "./prompts.ts";
import { practiceRandom } from "./random.ts";
import type { PracticeTask } from "./task.ts";
import { utility, utilityParts } from "./utility.ts";

/** Each answer must be worth clearly less than the one before it. */
function expectDescending(task: PracticeTask, answers: readonly string[]): void {
  const scores = answers.map((answer) => utility(task, answer));
  for (const [i, score] of scores.entries()) {
    if (i > 0) expect(score, `${answers[i]} after ${answers[i - 1]}`).toBeLessThan((scores[i - 1] ?? 0) - 0.02);
  }
}

describe("better answers earn more", () => {
  test("a story: faithful, off in one point, without an ending, of another mood and person, noise", () => {
    const task: PracticeTask = {
      use: "story",
      language: "en",
      mood: "happy",
      who: "Mia",
      look: "red",
      thing: "key",
      place: null,
    };
    const best = "Mia found a red key. She gave it to Tom. She was happy.";
    expect(utility(task, best)).toBe(1);
    expectDescending(task, [
      best,
      "Mia found a red key. He gave it to Tom. She was happy.",
      "Mia found a key. He gave it to Tom. She was happy.",
      "Mia found a red key. She gave it to Tom",
      "Tom lost a red key. He looked for it all day. He cried.",
      "key key Mia the red",
      "",
    ]);
  });

  test("a Chinese story demands the right measure word, pronoun and mood", () => {
    const task: PracticeTask = {
      use: "story",
      language: "zh",
      mood: "sad",
      who: "小明",
      look: null,
      thing: "letter",
      place: "by the lake",
    };
    const sad: PracticeTask = { ...task, who: "Ming" };
    expectDescending(sad, [
      "小明在湖边弄丢了一封信。他找了一整天。他哭了。",
      "小明在湖边弄丢了一把信。他找了一整天。他哭了。",
      "小明在湖边弄丢了一封信。她找了一整天。她哭了。",
      "小明在湖边找到了一封信。他把它送给了米娅。他很高兴。",
      "米娅拿着钥匙。",
    ]);
  });

  test("a translation: whole, one word wrong, two wrong, word salad, not translated", () => {
    const event = { who: "Mia", deed: "found", look: "old", thing: "key", place: "under the bridge" };
    expectDescending({ use: "translation", language: "zh", event }, [
      "米娅在桥下找到了一把旧钥匙。",
      "米娅在桥下找到了一本旧钥匙。",
      "米娅在河边找到了一把旧钥匙。",
      "米娅在河边弄丢了一把旧钥匙。",
      "汤姆画了一个杯子。",
      "Mia found an old key under the bridge.",
    ]);
  });

  test("a question: sentence, bare word, the other fact, another language", () => {
    const task: PracticeTask = {
      use: "question",
      language: "en",
      asks: "place",
      facts: [
        { thing: "key", value: "under the bridge" },
        { thing: "cup", value: "on the roof" },
      ],
      about: 0,
    };
    expectDescending(task, [
      "The key is under the bridge.",
      "The key is under the bridge. The key is under the bridge.",
      "Under the bridge.",
      "The key is on the roof.",
      "钥匙在桥下。",
    ]);
  });

  test("a feeling: with its reason, with a wrong reason, the wrong feeling", () => {
    const event = { who: "Rosa", deed: "broke", look: null, thing: "kite", place: null };
    expectDescending({ use: "feeling", language: "en", event }, [
      "Sad, because Rosa broke a kite.",
      "Sad, because Tom broke a kite.",
      "Sad.",
      "Happy, because Rosa broke a kite.",
    ]);
  });

  test("a kind: right, bare, wrong", () => {
    expectDescending({ use: "kind", language: "zh", look: "big", thing: "apple" }, [
      "大苹果是食物。",
      "食物。",
      "大苹果是衣服。",
    ]);
  });
});

const prompts = practicePrompts("scores", 160, "train");

test("every right answer scores 1 and every score lies in [0, 1]", () => {
  const random = practiceRandom("answers");
  for (const { task } of prompts) {
    expect(utility(task, bindTask(task).answer(random))).toBe(1);
    const score = utility(task, flawedAnswer(task, random));
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
  }
});

test("flawed answers score far lower, and differ among themselves", () => {
  const random = practiceRandom("flaws");
  const scores = prompts.map(({ task }) => utility(task, flawedAnswer(task, random)));
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  expect(mean).toBeGreaterThan(0.2);
  expect(mean).toBeLessThan(0.55);
  expect(new Set(scores.map((score) => score.toFixed(1))).size).toBeGreaterThan(5);
});

test("an answer to somebody else's prompt is worth little, however well made", () => {
  const random = practiceRandom("strangers");
  const [first, ...others] = prompts.filter((prompt) => prompt.use === "translation" && prompt.task.language === "en");
  const scores = others.map((other) => utility(other.task, first ? bindTask(first.task).answer(random) : ""));
  expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeLessThan(0.4);
});

test("saying everything twice or rambling on is never rewarded", () => {
  for (const { prompt: _prompt, text, task } of practiceDemonstrations("repeats", 80)) {
    const twice = task.language === "en" ? `${text} ${text}` : text + text;
    expect(utility(task, twice)).toBeLessThanOrEqual(utility(task, text));
  }
});

test("the other language is no answer", () => {
  const { task } = prompts.find((prompt) => prompt.use === "question") ?? {};
  if (!task) throw new Error("no question among the prompts");
  const other = bindTask({ ...task, language: task.language === "en" ? "zh" : "en" }).answer(practiceRandom("x"));
  expect(utilityParts(task, other).language).toBe(0);
  expect(utility(task, other)).toBe(0);
});
