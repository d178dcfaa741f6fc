import { expect, test } from "vitest";
import { practiceCorpus } from "./corpus.ts";
import { practiceDemonstrations } from "./demonstrations.ts";
import { practicePrompts, splitOf } from "./prompts.ts";
import { PracticeTask } from "./task.ts";
import { utility } from "./utility.ts";

test("the same seed gives the same prompts, demonstrations and corpus; another seed others", () => {
  expect(practicePrompts(1, 40, "train")).toEqual(practicePrompts(1, 40, "train"));
  expect(practiceDemonstrations(1, 40)).toEqual(practiceDemonstrations(1, 40));
  expect(practiceCorpus(1, 40)).toEqual(practiceCorpus(1, 40));
  expect(practicePrompts(2, 40, "train")).not.toEqual(practicePrompts(1, 40, "train"));
});

test("splits are disjoint in wording and in meaning, whatever the seed", () => {
  const meaning = ({ language: _language, ...rest }: PracticeTask) => JSON.stringify(rest);
  const seen = (split: "train" | "validation" | "test") => practicePrompts(split, 200, split);
  const train = new Set(practicePrompts("another seed", 800, "train").map((prompt) => meaning(prompt.task)));
  for (const prompt of [...seen("validation"), ...seen("test")]) expect(train.has(meaning(prompt.task))).toBe(false);
  for (const demonstration of practiceDemonstrations(3, 300)) expect(splitOf(demonstration.task)).toBe("train");
});

test("the corpus never holds a test prompt", () => {
  const corpus = practiceCorpus(5, 2_000).join("\n");
  for (const prompt of practicePrompts(6, 160, "test"))
    expect(corpus).not.toContain(`${prompt.messages[0]?.content}\n`);
});

test("uses and languages come in turn, and every prompt is another one", () => {
  const prompts = practicePrompts(1, 80, "test");
  const count = (pick: (prompt: (typeof prompts)[number]) => string) =>
    groups(prompts, pick).map((group) => group.length);
  expect(count((prompt) => prompt.use)).toEqual([20, 20, 20, 20]);
  expect(count((prompt) => prompt.task.language)).toEqual([40, 40]);
  expect(new Set(prompts.map((prompt) => prompt.id)).size).toBe(80);
  expect(new Set(prompts.map((prompt) => prompt.messages[0]?.content)).size).toBe(80);
});

test("metadata survives storage as JSON and still scores", () => {
  for (const { task } of practicePrompts(9, 16, "train")) {
    const stored = PracticeTask.parse(JSON.parse(JSON.stringify(task)));
    expect(stored).toEqual(task);
    expect(utility(stored, "x")).toBeLessThan(0.2);
  }
  expect(() => PracticeTask.parse({ use: "kind", language: "en", look: null, thing: "dragon" })).toThrow();
});

test("translations name their source and are asked for in its language", () => {
  const translations = practicePrompts(2, 40, "train").filter((prompt) => prompt.use === "translation");
  for (const prompt of translations) {
    expect(prompt.language).not.toBe(prompt.task.language);
    expect(prompt.messages[0]?.content).toContain(prompt.sourceText);
  }
});

test("prompts and answers are short: at most 28 words or 60 characters of Chinese", () => {
  for (const { prompt, text, task } of practiceDemonstrations(8, 400)) {
    for (const [content, language] of [
      [prompt[0]?.content ?? "", null],
      [text, task.language],
    ] as const) {
      const words = content.split(/\s+/u).length;
      expect(language === "zh" ? [...content].length : words).toBeLessThanOrEqual(language === "zh" ? 60 : 28);
    }
  }
});

test("between 40 and 62 % of the demonstrations are right, in every use", () => {
  const demonstrations = practiceDemonstrations(4, 1_600);
  for (const group of groups(demonstrations, (demonstration) => demonstration.task.use)) {
    const right = group.filter(({ task, text }) => utility(task, text) === 1).length / group.length;
    expect(right).toBeGreaterThan(0.4);
    expect(right).toBeLessThan(0.62);
  }
});

function groups<T>(items: readonly T[], key: (item: T) => string): T[][] {
  return [...new Set(items.map(key))].map((value) => items.filter((item) => key(item) === value));
}
